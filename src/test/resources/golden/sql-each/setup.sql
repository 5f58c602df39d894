CREATE TABLE t (x bigint);
