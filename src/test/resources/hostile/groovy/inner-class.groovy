class A { class B { } }
