(1..5000).toList().sort { a, b -> 1 }
