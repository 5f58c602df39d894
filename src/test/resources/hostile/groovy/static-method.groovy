static f() { 1 }
