title 'x'
runbok('x') { }
