String.metaClass.foo = { new File('hostile-marker').createNewFile() }
''.foo()
