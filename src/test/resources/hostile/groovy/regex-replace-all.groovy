('a' * 40).replaceAll('(a+)+$', '')
