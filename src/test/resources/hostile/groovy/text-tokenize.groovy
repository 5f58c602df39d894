('a ' * 400000).tokenize()
