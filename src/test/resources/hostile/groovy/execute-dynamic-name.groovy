def n='execute'
'touch hostile-marker'."$n"()
