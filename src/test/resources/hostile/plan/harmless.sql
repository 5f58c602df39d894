-- case: constant
SELECT 1
-- case: table
SELECT id, note FROM public.orders WHERE note LIKE 'f%' ORDER BY note
-- case: view
SELECT * FROM public.order_notes
-- case: sql-function
SELECT public.order_count()
-- case: parsed-sql-function
SELECT public.order_count_parsed()
-- case: enum
SELECT s, count(*) FROM public.states GROUP BY s ORDER BY s
-- case: hstore
SELECT tags -> 'a' FROM public.orders
-- case: citext
SELECT id FROM public.orders WHERE email = 'a@b'
-- case: sizes
SELECT pg_size_pretty(pg_total_relation_size('public.orders')), pg_database_size(current_database()) > 0
-- case: activity
SELECT count(*) FROM pg_stat_activity
-- case: replication
SELECT slot_name, restart_lsn, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) FROM pg_replication_slots
-- case: locks
SELECT mode, granted FROM pg_locks WHERE relation = 'public.orders'::regclass
-- case: settings
SELECT name, setting FROM pg_settings WHERE name = 'wal_level'
-- case: columns
SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'orders'
-- case: constraints
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'public.orders'::regclass
-- case: generated-text
SELECT format('DROP INDEX %I.%I', schemaname, indexname) FROM pg_indexes WHERE tablename = 'orders'
-- case: json
SELECT x.a FROM jsonb_to_recordset('[{"a": 1}]') AS x(a int)
-- case: window
SELECT id, row_number() OVER (ORDER BY id) FROM public.orders
-- case: recursive
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n
-- case: explain
EXPLAIN SELECT * FROM public.orders
-- case: show
SHOW server_version
-- case: statistics
SELECT relname, n_live_tup FROM pg_stat_user_tables WHERE relname = 'orders'
-- case: sequence
SELECT last_value FROM hostile.counter
-- case: clock
SELECT clock_timestamp() > now(), gen_random_uuid() IS NOT NULL
