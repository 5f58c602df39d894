@groovy.transform.ASTTest({ assert false })
def f() { 1 }
