enum E { A; E() { new File('hostile-marker').createNewFile() } }
