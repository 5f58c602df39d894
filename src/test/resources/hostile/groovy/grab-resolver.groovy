@GrabResolver(name='x', root='http://127.0.0.1:PORT/')
@Grab('a:b:1')
def x
