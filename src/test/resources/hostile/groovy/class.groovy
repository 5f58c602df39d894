class A { static { new File('hostile-marker').createNewFile() } }

