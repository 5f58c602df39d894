'touch hostile-marker'.'execute'()
