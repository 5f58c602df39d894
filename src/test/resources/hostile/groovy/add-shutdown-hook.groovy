addShutdownHook { new File('hostile-marker').createNewFile() }
