CREATE TABLE t (x int);
CREATE TABLE log (n int GENERATED ALWAYS AS IDENTITY, x bigint);
CREATE TABLE "Odd name" (x int);
