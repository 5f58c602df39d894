def invokeMethod(String n, a) { new File('hostile-marker').createNewFile() }
foo()
