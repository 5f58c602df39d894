def x = 1.5d
