[].class
