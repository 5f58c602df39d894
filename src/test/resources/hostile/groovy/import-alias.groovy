import java.lang.Runtime as R
R.runtime.exec('touch hostile-marker')
