FileOutputStream f() { ['hostile-marker'] }
f()
