import groovy.transform.ASTTest as T
@T({ assert false })
def x
