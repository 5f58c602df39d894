@Grab('a:b:1') import a.B
