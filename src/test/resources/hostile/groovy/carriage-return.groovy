title 'x'// newrunbook('x') { }
