'x'.@value
