def s = 'x' * 1000
for (i in 1..10) { s = s.replace('x', s) }
