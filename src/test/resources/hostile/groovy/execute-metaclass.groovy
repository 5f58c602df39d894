''.metaClass.invokeMethod('touch hostile-marker','execute',null)
