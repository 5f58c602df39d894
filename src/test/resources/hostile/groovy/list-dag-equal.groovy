def l = [1]
def k = [1]
for (i in 1..60) { l = [l, l]; k = [k, k] }
l == k
