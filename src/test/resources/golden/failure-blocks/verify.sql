SELECT x, count(*) FROM t GROUP BY x ORDER BY x;
