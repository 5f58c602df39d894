def l = [1]
for (i in 1..60) { l = [l, l] }
l.toString()
