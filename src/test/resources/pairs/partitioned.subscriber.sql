-- A partitioned table, subscriber's side, with an index on the parent: the partitions' indexes belong to it and cannot be
-- dropped one by one.
CREATE TABLE public."Event" ("id" bigint, "at" date, "updatedAt" timestamptz NOT NULL, PRIMARY KEY ("id", "at")) PARTITION BY RANGE ("at");
CREATE TABLE public."Event_2025" PARTITION OF public."Event" FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE public."Event_2026" PARTITION OF public."Event" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX "Event_at_idx" ON public."Event" ("at");
CREATE INDEX "Event_2026_updatedAt_idx" ON public."Event_2026" ("updatedAt");
