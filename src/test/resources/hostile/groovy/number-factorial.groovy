def n = 1
for (i in 1..100000) { n *= i }
