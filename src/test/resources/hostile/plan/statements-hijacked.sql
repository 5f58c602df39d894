-- case: update
UPDATE hostile.rows SET name = 'y' WHERE name = 'x'
-- case: delete
DELETE FROM hostile.rows WHERE id IN (1, 2)
-- case: insert
INSERT INTO hostile.rows (id, name) VALUES (100, 'x')
-- case: add-column
ALTER TABLE hostile.rows ADD COLUMN more int NOT NULL DEFAULT 0
-- case: change-type
ALTER TABLE hostile.rows ALTER COLUMN name TYPE varchar(100)
-- case: add-check
ALTER TABLE hostile.rows ADD CHECK (name <> 'x')
-- case: drop-table
DROP TABLE hostile.rows
-- case: create-index
CREATE INDEX ON hostile.rows (name)
-- case: vacuum
VACUUM hostile.rows
