new File('secret.txt').eachLine { it }
