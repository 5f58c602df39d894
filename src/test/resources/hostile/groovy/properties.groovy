''.properties
