def c = { title 'x' }
c.delegate = ''
c()
