SELECT count(*), count(DISTINCT x) FROM t;
