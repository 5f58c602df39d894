class A { A() { new File('hostile-marker').createNewFile() } }
new A()
