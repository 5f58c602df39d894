interface I { default f() { new File('hostile-marker').createNewFile() } }
