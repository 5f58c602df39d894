def x = 1 / 3
for (i in 1..10000) { x = x / 3 + x * x }
