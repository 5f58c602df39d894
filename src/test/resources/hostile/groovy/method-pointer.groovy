def x = ''.&toString
