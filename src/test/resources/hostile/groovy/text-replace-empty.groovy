def s = 'x' * 900000
s.replace('', s)
