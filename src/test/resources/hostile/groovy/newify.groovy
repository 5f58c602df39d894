@Newify(File)
def f() { File('hostile-marker') }
