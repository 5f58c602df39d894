def methodMissing(String n, a) { new File('hostile-marker').createNewFile() }
foo()
