def y = { g -> g(g) }
y(y)
