def c = { a -> a }
c.curry(1)
