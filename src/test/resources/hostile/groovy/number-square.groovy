def n = 3
for (i in 1..100) { n *= n }
