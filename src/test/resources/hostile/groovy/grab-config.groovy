@GrabConfig(systemClassLoader=true)
def x
