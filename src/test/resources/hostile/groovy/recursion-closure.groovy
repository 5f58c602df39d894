def f
f = { f() }
f()
