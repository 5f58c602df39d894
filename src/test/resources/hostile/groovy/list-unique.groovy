(1..9999).toList().unique()
