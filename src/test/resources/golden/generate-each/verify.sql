SELECT count(*), count(DISTINCT x) FROM log;
