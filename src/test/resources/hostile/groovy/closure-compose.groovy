def c = { it } >> { it }
