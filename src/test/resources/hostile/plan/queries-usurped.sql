-- case: equals
SELECT name FROM hostile.rows WHERE name = 'n'
-- case: less
SELECT id FROM hostile.rows WHERE id < 5
-- case: function
SELECT current_setting('server_version')
-- case: aggregate
SELECT count(1::bigint)
-- case: catalog
SELECT relname FROM pg_class WHERE relname = 'rows'
-- case: qualified-catalog
SELECT relname FROM pg_catalog.pg_class WHERE relname = 'rows'
-- case: like
SELECT name FROM hostile.rows WHERE name LIKE 'n%'
-- case: in
SELECT name FROM hostile.rows WHERE id IN (1, 2)
-- case: domains-of-columns
SELECT attname, atttypid, attacl FROM pg_attribute LIMIT 1
-- case: unusual-types
SELECT proargtypes, proacl, prokind FROM pg_catalog.pg_proc LIMIT 1
