def x = 'hostile-marker' as File
x.createNewFile()
