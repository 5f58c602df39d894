-- "1. Generate the Update Queries", on the publisher, verbatim.
-- Shows: yields one value, a UNION ALL query that must be run in its turn; one table of the set without "updatedAt"
-- makes that query fail as a whole: column "updatedAt" does not exist.

SELECT string_agg(format(
$fmt$SELECT '%s' AS "table",
min(date_trunc('day', "updatedAt")) AS updated_at,
count(*) AS cnt,
%L || '''' || min(date_trunc('day', "updatedAt"))::varchar || ''';' AS update_query
FROM %s
WHERE "updatedAt" >= '2026-03-20'
GROUP BY 1$fmt$,
set_reloid::varchar,
format('UPDATE %s SET "updatedAt" = "updatedAt" WHERE "updatedAt" >= ', set_reloid::varchar),
set_reloid::varchar
), E'\nUNION ALL\n')
FROM pglogical.replication_set_table
ORDER BY 1;
