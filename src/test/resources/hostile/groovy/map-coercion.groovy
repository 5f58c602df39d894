def x = [file: 'hostile-marker'] as java.io.File
