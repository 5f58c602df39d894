def x = [*:[a: 1]]
