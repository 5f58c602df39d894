System.setProperty('a','b')
