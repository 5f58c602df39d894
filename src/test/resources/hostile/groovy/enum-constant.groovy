enum E { A { def f() { 1 } } }
