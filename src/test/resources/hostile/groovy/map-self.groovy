def m = [:]
m.m = m
m.toString()
