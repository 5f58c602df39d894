''['class']
