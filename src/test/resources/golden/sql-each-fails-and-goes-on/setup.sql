CREATE TABLE t (x bigint);
CREATE TABLE switch AS SELECT false AS works;
