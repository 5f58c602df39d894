def getProperty(String n) { 'x' }
foo
