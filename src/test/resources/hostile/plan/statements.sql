-- case: update-where
UPDATE hostile.rows SET name = 'x' WHERE hostile.trip(name)
-- case: delete-guarded
DELETE FROM hostile.guarded WHERE id = 1
-- case: update-indexed
UPDATE hostile.indexed SET a = 2 WHERE a = 1
-- case: delete-partial
DELETE FROM hostile.partial WHERE a = 1
-- case: delete-checked
DELETE FROM hostile.checked WHERE a = 1
-- case: delete-measured
DELETE FROM hostile.measured WHERE a = 1
-- case: delete-inherited
DELETE FROM hostile.top WHERE a = 1
-- case: delete-foreign
DELETE FROM hostile.remote WHERE id = 1
-- case: delete-partitioned
DELETE FROM hostile.mixed WHERE id = 1
-- case: insert-row
INSERT INTO hostile.pairs VALUES ('(1)')
-- case: insert-domain-array
INSERT INTO hostile.positives VALUES ('{1}', '(1,x)')
-- case: insert-select
INSERT INTO hostile.rows SELECT id + 100 FROM hostile.v_trip
-- case: merge
MERGE INTO hostile.rows AS r USING hostile.v_trip AS v ON v.id = r.id WHEN MATCHED THEN DELETE
-- case: truncate
TRUNCATE hostile.rows
-- case: add-column
ALTER TABLE hostile.moods ADD COLUMN d hostile.positive DEFAULT 1
-- case: create-index
CREATE INDEX ON hostile.rows (hostile.trip(name))
-- case: create-table-as
CREATE TABLE hostile.copied AS SELECT hostile.trip('as')
-- case: create-view
CREATE VIEW hostile.v_made AS SELECT '{1}'::hostile.positive[]
-- case: drop-schema
DROP SCHEMA hostile CASCADE
-- case: lock-table
LOCK TABLE hostile.rows IN ACCESS EXCLUSIVE MODE
-- case: select-liar
SELECT hostile.trip('sql')
-- case: select-literal
SELECT '{1}'::hostile.positive[], '(1,x)'::hostile.pair, ROW(1, 'x')::hostile.pair
-- case: explain-analyze
EXPLAIN ANALYZE SELECT hostile.trip('sql')
-- case: call
CALL hostile.proc()
-- case: do
DO $$ BEGIN PERFORM hostile.act('do'); END $$
-- case: copy-to-program
COPY hostile.rows TO PROGRAM 'touch @DIRECTORY@/program'
-- case: copy-query
COPY (SELECT hostile.trip('copy')) TO '@DIRECTORY@/copied'
-- case: refresh
REFRESH MATERIALIZED VIEW hostile.materialized
-- case: vacuum
VACUUM FULL hostile.rows
-- case: terminate
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'canary'
-- case: nextval
SELECT nextval('hostile.counter')
