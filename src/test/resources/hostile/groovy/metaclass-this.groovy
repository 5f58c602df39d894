this.metaClass.x = 1
