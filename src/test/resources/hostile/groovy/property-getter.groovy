'x'.bytes
