def l = []
for (i in 1..9999) { l << 'x' * 900000 }
