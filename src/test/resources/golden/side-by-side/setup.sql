CREATE TABLE things AS SELECT generate_series(1, 3) AS x;
CREATE TABLE kept (counts jsonb);
