(1..9999).toList().sort { a, b -> b <=> a }
