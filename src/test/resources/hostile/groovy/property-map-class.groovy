[:].class.forName('x')
