''.with { it.execute() }
