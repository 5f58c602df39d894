['touch hostile-marker'].collect { it.execute() }
