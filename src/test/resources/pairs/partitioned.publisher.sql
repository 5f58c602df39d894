-- A partitioned table, publisher's side. pglogical accepts "Event" itself into a replication set, but retries its COPY for
-- ever (cannot copy from partitioned table); its partitions replicate as the plain tables they are.
CREATE TABLE public."Event" ("id" bigint, "at" date, "updatedAt" timestamptz NOT NULL, PRIMARY KEY ("id", "at")) PARTITION BY RANGE ("at");
CREATE TABLE public."Event_2025" PARTITION OF public."Event" FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE public."Event_2026" PARTITION OF public."Event" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO public."Event" SELECT n, date '2025-06-01' + n::int, now() FROM generate_series(1, 400) AS n;
