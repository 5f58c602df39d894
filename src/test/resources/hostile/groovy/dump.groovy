''.dump()
