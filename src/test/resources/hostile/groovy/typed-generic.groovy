List<File> s = ['hostile-marker']
