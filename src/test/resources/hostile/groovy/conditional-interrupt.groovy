@groovy.transform.ConditionalInterrupt({ new File('hostile-marker').createNewFile() })
def f() {}
