def m = [:]
m.put('m', [m])
