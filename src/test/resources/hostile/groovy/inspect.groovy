[].inspect()
