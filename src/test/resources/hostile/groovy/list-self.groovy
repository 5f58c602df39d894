def l = []
l << l
l.toString()
