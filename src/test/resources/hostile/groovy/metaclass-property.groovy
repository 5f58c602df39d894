''.metaClass
