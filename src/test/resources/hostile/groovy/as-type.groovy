''.asType(File)
