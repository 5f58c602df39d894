def x = (File) 'hostile-marker'
x.createNewFile()
