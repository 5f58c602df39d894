class A { @Lazy x = { new File('hostile-marker').createNewFile() }() }
