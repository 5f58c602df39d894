-- "3. Execute the Update Statements", the first of the examples, on the publisher, verbatim but for the table's name.
-- Shows: rows that differ on the subscriber are healed, rows that are missing there are skipped and stay missing.

UPDATE "Person" SET "updatedAt" = "updatedAt" WHERE "updatedAt" >= '2026-03-20 00:00:00+00';
