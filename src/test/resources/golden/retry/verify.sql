SELECT x FROM t;
SELECT last_value FROM s;
