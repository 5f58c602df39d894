evaluate("new File('hostile-marker').createNewFile()")
