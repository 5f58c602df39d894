CREATE TABLE t (x int);
CREATE TABLE log (n int GENERATED ALWAYS AS IDENTITY, x bigint);
CREATE TABLE switch AS SELECT false AS works, 2 AS two;
