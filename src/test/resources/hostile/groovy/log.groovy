@groovy.util.logging.Log
class A {}
