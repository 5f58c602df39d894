class A { @Delegate File f = new File('hostile-marker') }
