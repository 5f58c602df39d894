@groovy.transform.Field FileOutputStream s = ['hostile-marker']
