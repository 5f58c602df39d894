def l = []
for (i in 1..100000) { l = [l] }
l.flatten()
