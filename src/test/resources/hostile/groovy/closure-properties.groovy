def c = { 1 }
c.class
