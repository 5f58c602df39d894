Thread.start { new File('hostile-marker').createNewFile() }
