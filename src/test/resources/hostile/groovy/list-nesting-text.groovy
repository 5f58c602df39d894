def l = []
for (i in 1..5000) { l = [l] }
l.toString()
