def x = 1.1
for (i in 1..100) { x *= x }
