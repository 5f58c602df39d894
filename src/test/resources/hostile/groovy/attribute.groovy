def x = [a: 1]
x.@table
