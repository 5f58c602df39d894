@groovy.transform.Field def x = 1
