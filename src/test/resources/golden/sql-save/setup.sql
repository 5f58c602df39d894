CREATE TABLE t (x int, y text);
