'touch hostile-marker'.execute()
