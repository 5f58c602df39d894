new PrintWriter('hostile-marker').close()
