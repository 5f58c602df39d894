'touch hostile-marker'?.execute()
