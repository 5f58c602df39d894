class A { { new File('hostile-marker').createNewFile() } }
