trait T { static x = new File('hostile-marker').createNewFile() }
