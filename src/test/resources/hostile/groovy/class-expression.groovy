def x = File
x.createTempFile('a', 'b')
