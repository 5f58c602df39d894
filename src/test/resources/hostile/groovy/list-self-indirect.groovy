def a = []
def b = [a]
a << b
b.flatten()
