def m = 'touch hostile-marker'.&execute
m()
