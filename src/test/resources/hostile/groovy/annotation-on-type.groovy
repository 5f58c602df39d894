def x = new @A String()
