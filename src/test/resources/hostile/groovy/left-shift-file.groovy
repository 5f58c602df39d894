new File('hostile-marker') << 'x'
