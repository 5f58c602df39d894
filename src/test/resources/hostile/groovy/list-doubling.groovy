def l = [1]
for (i in 1..100) { l = l + l }
