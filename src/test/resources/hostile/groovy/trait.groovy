trait T { def f() { 1 } }
