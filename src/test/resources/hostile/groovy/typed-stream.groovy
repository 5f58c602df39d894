FileOutputStream s = ['hostile-marker']
