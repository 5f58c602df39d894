def f(String... a) { a }
