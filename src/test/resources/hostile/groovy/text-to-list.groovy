('a' * 900000).toList()
