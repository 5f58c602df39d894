-- "1. Drop Table Indexes", on the subscriber, verbatim.
-- Shows: the subquery compares quoted with unquoted names, and names one table only, so every "…_pkey" is listed and the
-- first generated statement fails: cannot drop index "Person_pkey" because constraint Person_pkey on table "Person"
-- requires it. Names carry no schema, so the same table name in another schema loses its indexes, too.

SELECT 'DROP INDEX IF EXISTS "' || indexname || '";'
FROM pg_indexes
WHERE tablename IN ('CompanyIdentifier', 'Person', 'PersonIdentifier_LINKEDIN')
AND indexname NOT IN (
SELECT conindid::regclass::text
FROM pg_constraint
WHERE contype = 'p'
AND conrelid::regclass::text IN ('"CompanyIdentifier"')
);
