def n="hostile-marker"
"touch $n".execute()
