def x = File.class
