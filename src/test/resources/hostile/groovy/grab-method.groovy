groovy.grape.Grape.grab(group:'a', module:'b', version:'1')
