def f() throws IOException { 1 }
