new File('hostile-marker').text = 'x'
