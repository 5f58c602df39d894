'touch hostile-marker'.invokeMethod('execute', null)
