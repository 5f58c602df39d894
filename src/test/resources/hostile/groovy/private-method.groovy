private def f() { 1 }
