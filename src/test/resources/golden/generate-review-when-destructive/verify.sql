SELECT to_regclass('t') IS NULL, count(*) FROM log;
