def s = 'x'
for (i in 1..100) { s = s + s }
