@groovy.transform.CompileStatic
def f() { }
