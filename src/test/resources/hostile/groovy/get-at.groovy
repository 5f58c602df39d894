'x'.getAt('class')
