def a = 'x' * 900000
def b = 'x' * 400000 + 'y'
a.indexOf(b)
