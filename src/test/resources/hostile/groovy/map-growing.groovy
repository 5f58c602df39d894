def m = [:]
int i = 0
while (true) { m["k${i++}"] = i }
