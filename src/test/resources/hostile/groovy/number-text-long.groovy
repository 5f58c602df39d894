('9' * 900000).toInteger()
