def x = '\u0027; new File(\u0027hostile-marker\u0027).createNewFile()'
