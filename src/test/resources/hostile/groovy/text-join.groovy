def l = [('x' * 900000)] * 9000
l.join()
