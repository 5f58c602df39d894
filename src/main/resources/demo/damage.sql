-- What happens to a subscriber that somebody writes to: rows are lost and rows differ, and replication never notices.
DELETE FROM "Person" WHERE "id" % 40 = 0;

UPDATE "Person" SET "email" = 'stale-' || "email" WHERE "id" % 97 = 0;

ANALYZE "Person";
