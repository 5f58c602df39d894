def s = 'x' * 900000
while (true) { s.toUpperCase() }
