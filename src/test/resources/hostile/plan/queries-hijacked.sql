-- case: operator-equals
SELECT id FROM hostile.rows WHERE name = 'x'::varchar
-- case: operator-in
SELECT id FROM hostile.rows WHERE name IN ('x'::varchar)
-- case: operator-like
SELECT id FROM hostile.rows WHERE name LIKE 'x'::varchar
-- case: operator-case
SELECT CASE name WHEN 'x'::varchar THEN 1 END FROM hostile.rows
-- case: operator-distinct
SELECT name IS DISTINCT FROM 'x'::varchar FROM hostile.rows
-- case: operator-using
SELECT a.id FROM hostile.rows AS a JOIN hostile.rows AS b USING (name)
-- case: overload
SELECT lower(name) FROM hostile.rows
-- case: cast-of-own-types
SELECT point(1, 2)::text
-- case: cast-of-own-types-implicit
SELECT 'x' || point(1, 2)
