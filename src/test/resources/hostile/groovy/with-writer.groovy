new File('hostile-marker').withWriter { it << 'x' }
