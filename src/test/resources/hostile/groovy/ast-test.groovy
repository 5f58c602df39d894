@groovy.transform.ASTTest(value={ new File('hostile-marker').createNewFile() })
def x
