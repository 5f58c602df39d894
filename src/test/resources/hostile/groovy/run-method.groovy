def run() { new File('hostile-marker').createNewFile() }
