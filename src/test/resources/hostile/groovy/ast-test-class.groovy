@groovy.transform.ASTTest(phase=CONVERSION, value={ new File('hostile-marker').createNewFile() })
class A {}
