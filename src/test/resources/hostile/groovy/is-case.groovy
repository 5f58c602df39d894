''.isCase(1)
