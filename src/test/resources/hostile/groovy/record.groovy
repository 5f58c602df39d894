record R(File f) { }
