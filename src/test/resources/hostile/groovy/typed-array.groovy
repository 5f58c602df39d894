File[] s = ['hostile-marker']
