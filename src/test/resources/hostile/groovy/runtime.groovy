Runtime.runtime.exec('touch hostile-marker')
