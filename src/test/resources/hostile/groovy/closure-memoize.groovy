def c = { it }.memoize()
