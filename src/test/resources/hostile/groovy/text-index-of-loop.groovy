def a = 'x' * 100000
def b = 'x' * 50000 + 'y'
for (i in 1..10000) { a.contains(b) }
