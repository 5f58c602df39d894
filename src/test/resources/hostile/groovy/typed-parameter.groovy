def f(FileOutputStream s = ['hostile-marker']) { s }
f()
