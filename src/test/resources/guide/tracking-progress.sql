-- "Tracking Replication Progress", on either side, verbatim.
-- Shows: reltuples is -1 from the TRUNCATE until the next ANALYZE: no progress at all while a table is copied.

SELECT relname AS table_name,
reltuples::bigint AS estimated_rows
FROM pg_class
WHERE relname IN ('Person', 'Company', 'CompanyIdentifier')
ORDER BY relname;
