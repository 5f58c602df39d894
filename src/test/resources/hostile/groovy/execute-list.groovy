['touch','hostile-marker'].execute()
