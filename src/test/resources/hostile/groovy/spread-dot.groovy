['a']*.toUpperCase()
