''.tap { toURL() }
