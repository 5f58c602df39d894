''.getMetaClass()
