java.lang.Runtime.getRuntime().exec('touch hostile-marker')
