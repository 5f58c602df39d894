def s = ''
while (true) { s += 'xxxxxxxxxx' }
