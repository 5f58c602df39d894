new org.codehaus.groovy.ast.builder.AstBuilder().buildFromString('1')
