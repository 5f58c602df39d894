['touch hostile-marker']*.execute()
