def f = { @groovy.transform.ASTTest({ assert false }) a -> a }
