@A({ new File('hostile-marker').createNewFile() })
def f() {}
