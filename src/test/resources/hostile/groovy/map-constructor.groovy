new java.io.FileWriter([name:'hostile-marker'])
