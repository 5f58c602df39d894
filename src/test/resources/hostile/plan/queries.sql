-- case: terminate
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'canary'
-- case: cancel
SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'canary'
-- case: nextval
SELECT nextval('hostile.counter')
-- case: setval
SELECT setval('hostile.counter', 1000)
-- case: message
SELECT pg_logical_emit_message(false, 'hostile', repeat('!', 1000))
-- case: lo-create
SELECT lo_create(0)
-- case: lo-import
SELECT lo_import('PG_VERSION')
-- case: lo-export
SELECT lo_export(1, '@DIRECTORY@/export')
-- case: switch-wal
SELECT pg_switch_wal()
-- case: restore-point
SELECT pg_create_restore_point('hostile')
-- case: reload
SELECT pg_reload_conf()
-- case: rotate
SELECT pg_rotate_logfile()
-- case: notify-function
SELECT pg_notify('hostile', 'x')
-- case: set-config
SELECT set_config('statement_timeout', '0', false)
-- case: set-config-qualified
SELECT pg_catalog.set_config('default_transaction_read_only', 'off', false)
-- case: physical-slot
SELECT pg_create_physical_replication_slot('hostile_physical')
-- case: logical-slot
SELECT pg_create_logical_replication_slot('hostile_logical', 'pgoutput')
-- case: drop-slot
SELECT pg_drop_replication_slot('kept')
-- case: advance-slot
SELECT pg_replication_slot_advance('kept', pg_current_wal_lsn())
-- case: copy-slot
SELECT pg_copy_physical_replication_slot('kept', 'hostile_copy')
-- case: advisory-lock
SELECT pg_advisory_lock(42)
-- case: try-advisory-lock
SELECT pg_try_advisory_lock(42)
-- case: stat-reset
SELECT pg_stat_reset()
-- case: stat-reset-shared
SELECT pg_stat_reset_shared('bgwriter')
-- case: txid-current
SELECT txid_current()
-- case: current-xact-id
SELECT pg_current_xact_id()
-- case: export-snapshot
SELECT pg_export_snapshot()
-- case: import-collations
SELECT pg_import_system_collations('hostile')
-- case: read-file
SELECT pg_read_file('PG_VERSION')
-- case: log-memory
SELECT pg_log_backend_memory_contexts(pg_backend_pid())
-- case: create-origin
SELECT pg_replication_origin_create('hostile')
-- case: summarize
SELECT brin_summarize_new_values('hostile.indexed_a_idx')
-- case: backup
SELECT pg_backup_start('hostile')
-- case: sleep
SELECT pg_sleep(0.1)
-- case: query-to-xml
SELECT query_to_xml('SELECT hostile.act(''xml'')', true, false, '')
-- case: table-to-xml
SELECT table_to_xml('hostile.v_trip', true, false, '')
-- case: schema-to-xml
SELECT schema_to_xml('hostile', true, false, '')
-- case: ts-stat
SELECT * FROM ts_stat('SELECT to_tsvector(hostile.trip(''stat'')::text)')
-- case: ts-rewrite
SELECT ts_rewrite('a', 'SELECT ''a''::tsquery, ''b''::tsquery WHERE hostile.trip(''rewrite'')')
-- case: for-update
SELECT id FROM hostile.rows FOR UPDATE
-- case: for-share
SELECT id FROM hostile.rows FOR KEY SHARE SKIP LOCKED
-- case: delete-in-with
WITH gone AS (DELETE FROM hostile.rows RETURNING id) SELECT count(*) FROM gone
-- case: insert-in-with
WITH a AS MATERIALIZED (SELECT 1), b AS (INSERT INTO hostile.rows VALUES (99) RETURNING id) SELECT * FROM b
-- case: update-in-with
WITH x AS (UPDATE hostile.rows SET name = 'x' RETURNING 1) SELECT * FROM x
-- case: explain-analyze
EXPLAIN ANALYZE SELECT hostile.trip('explain')
-- case: explain-analyze-list
EXPLAIN (COSTS off, ANALYZE) DELETE FROM hostile.rows
-- case: explain
EXPLAIN SELECT hostile.trip('plain explain')
-- case: select-into
SELECT id INTO hostile.copied FROM hostile.rows
-- case: copy-to-program
COPY hostile.rows TO PROGRAM 'touch @DIRECTORY@/program'
-- case: copy-to-file
COPY hostile.rows TO '@DIRECTORY@/copied'
-- case: do
DO $$ BEGIN PERFORM hostile.act('do'); END $$
-- case: call
CALL hostile.proc()
-- case: notify
NOTIFY hostile, 'x'
-- case: listen
LISTEN hostile
-- case: truncate
TRUNCATE hostile.rows
-- case: create-table
CREATE TABLE hostile.made (a int)
-- case: create-temp-table
CREATE TEMP TABLE made (a int)
-- case: vacuum
VACUUM hostile.rows
-- case: checkpoint
CHECKPOINT
-- case: alter-system
ALTER SYSTEM SET work_mem = '1MB'
-- case: set
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
-- case: set-transaction
SET TRANSACTION READ WRITE
-- case: commit
COMMIT
-- case: load
LOAD 'hstore'
-- case: lock
LOCK TABLE hostile.rows
-- case: prepare
PREPARE p AS SELECT hostile.trip('prepared')
-- case: declare
DECLARE c CURSOR WITH HOLD FOR SELECT hostile.trip('cursor')
-- case: liar
SELECT hostile.trip('liar')
-- case: liar-quoted
SELECT "hostile"."trip"('quoted')
-- case: liar-commented
SELECT hostile/* */./* */trip /* ( */ ('commented')
-- case: liar-escaped
SELECT hostile.U&"\0074rip"('escaped')
-- case: liar-upper
SELECT HOSTILE.TRIP('upper')
-- case: liar-cut
SELECT hostile.a_name_of_more_than_sixty_three_characters_that_the_server_cuts_off('cut')
-- case: liar-in-from
SELECT * FROM hostile.trip('from')
-- case: liar-in-rows-from
SELECT * FROM ROWS FROM (hostile.trip('rows from')) AS r
-- case: liar-in-limit
SELECT 1 LIMIT hostile.trip_int(1)
-- case: liar-in-values
VALUES (hostile.trip('values'))
-- case: liar-in-lateral
SELECT * FROM hostile.rows AS r, LATERAL hostile.trip(r.name) AS t
-- case: liar-in-filter
SELECT count(*) FILTER (WHERE hostile.trip('filter')) FROM hostile.rows
-- case: dotted
SELECT r.trip_row FROM hostile.rows AS r
-- case: operator
SELECT 1 ### 2
-- case: operator-qualified
SELECT 1 OPERATOR(public.###) 2
-- case: operator-any
SELECT 1 ### ANY (ARRAY[1, 2])
-- case: cast-implicit
SELECT mood || 'x' FROM hostile.moods
-- case: cast-explicit
SELECT 'sad'::hostile.mood::text
-- case: cast-to-json
SELECT to_json(mood) FROM hostile.moods
-- case: cast-row-to-json
SELECT row_to_json(m) FROM hostile.moods AS m
-- case: domain
SELECT 1::hostile.positive
-- case: domain-array
SELECT '{1}'::hostile.positive[]
-- case: domain-in-composite
SELECT '(1,x)'::hostile.pair
-- case: domain-in-json
SELECT * FROM jsonb_to_record('{"a": 1}') AS x(a hostile.positive)
-- case: domain-in-record
SELECT * FROM jsonb_populate_record(NULL::hostile.pair, '{"a": 1}')
-- case: domain-in
SELECT domain_in('1', 'hostile.positive'::regtype, -1)
-- case: array-in
SELECT array_in('{1}', 'hostile.positive'::regtype, -1)
-- case: sort
SELECT p FROM hostile.pairs ORDER BY p
-- case: distinct
SELECT DISTINCT p FROM hostile.pairs
-- case: sort-using
SELECT p FROM hostile.pairs ORDER BY p USING OPERATOR(hostile.<<<)
-- case: max-of-rows
SELECT greatest(p, p) FROM hostile.pairs
-- case: compare-rows
SELECT ROW(p) < ROW(p) FROM hostile.pairs
-- case: range
SELECT hostile.pair_range(ROW(1)::hostile.plain_pair, ROW(2)::hostile.plain_pair)
-- case: view
SELECT * FROM hostile.v_trip
-- case: view-table
TABLE hostile.v_over
-- case: view-counter
SELECT * FROM hostile.v_counter
-- case: view-terminate
SELECT * FROM hostile.v_terminate
-- case: view-operator
SELECT * FROM hostile.v_operator
-- case: view-locking
SELECT * FROM hostile.v_locking
-- case: view-in-subquery
SELECT 1 WHERE EXISTS (SELECT FROM hostile.v_over)
-- case: policy
SELECT count(*) FROM hostile.guarded
-- case: index-expression
SELECT count(*) FROM hostile.indexed WHERE a = 1
-- case: index-predicate
SELECT count(*) FROM hostile.partial WHERE a = 1
-- case: check-constraint
SELECT count(*) FROM hostile.checked WHERE a = 1
-- case: statistics
SELECT count(*) FROM hostile.measured WHERE a + 1 = 2
-- case: partition-key
SELECT count(*) FROM hostile.parent WHERE a = 1
-- case: inherited
SELECT count(*) FROM hostile.top WHERE a = 1
-- case: foreign
SELECT * FROM hostile.remote
-- case: foreign-in-view
SELECT * FROM hostile.v_remote
-- case: foreign-partition
SELECT * FROM hostile.mixed
-- case: dblink
SELECT * FROM dblink('host=@HOST@ port=@PORT@ dbname=@DATABASE@ user=@USER@ password=@PASSWORD@', 'SELECT hostile.act(''dblink'')::text') AS t(x text)
-- case: dblink-exec
SELECT dblink_exec('host=@HOST@ port=@PORT@ dbname=@DATABASE@ user=@USER@ password=@PASSWORD@', 'DELETE FROM hostile.rows')
-- case: crosstab
SELECT * FROM crosstab('SELECT ''a'', ''b'', hostile.trip(''crosstab'')::text') AS c(a text, b text)
-- case: sql-text
SELECT hostile.sql_text()
-- case: sql-atomic
SELECT hostile.sql_atomic()
-- case: sql-nested
SELECT hostile.sql_nested()
-- case: sql-default
SELECT hostile.sql_default()
-- case: sql-reading
SELECT hostile.sql_reading()
-- case: sql-setting
SELECT hostile.sql_setting()
-- case: sql-volatile
SELECT hostile.sql_volatile()
-- case: sql-writing
SELECT hostile.sql_writing()
-- case: aggregate
SELECT hostile.total(id) FROM hostile.rows
-- case: window
SELECT hostile.total(id) OVER (ORDER BY id) FROM hostile.rows
-- case: extension-member
SELECT public.hstore_trusted('member')
-- case: operator-before-sign
SELECT 1 <<<-2
-- case: operator-before-sign-in-list
SELECT id FROM hostile.rows WHERE id <<<+-2
-- case: string-with-backslash
SELECT '\'', hostile.trip_int(1), '--'
-- case: word-after-number
SELECT 1FROM hostile.v_trip
-- case: dollar-quoted
SELECT $a$ $b$ $a$, hostile.trip('dollar'), $a$ $a$
-- case: nested-comment
SELECT 1 /* /* */ , hostile.trip('comment') /* */ */
