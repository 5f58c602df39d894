File s = 'hostile-marker'
