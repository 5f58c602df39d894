-- The standard pair, publisher's side: a mixed-case table whose serial number, update time and text make differences visible.
-- Change the row count with: SET test.rows = 1000000 (default 1000). From row 720 on they are of 2026-03-20, the guide's date, or later.
CREATE TABLE public."Person" (
    "id"        bigint PRIMARY KEY,
    "fullName"  text        NOT NULL,
    "email"     text        NOT NULL,
    "companyId" bigint,
    "updatedAt" timestamptz NOT NULL
);

INSERT INTO public."Person"
SELECT n, 'Person ' || n, 'person' || n || '@example.com', n % 100, timestamptz '2026-03-19 12:00+00' + n % 100000 * interval '1 minute'
FROM generate_series(1, coalesce(nullif(current_setting('test.rows', true), ''), '1000')::bigint) AS n;

CREATE INDEX "Person_fullName_idx" ON public."Person" ("fullName");
CREATE INDEX "Person_email_idx" ON public."Person" (lower("email"));
CREATE INDEX "Person_companyId_updatedAt_idx" ON public."Person" ("companyId", "updatedAt" DESC) WHERE "companyId" IS NOT NULL;

ANALYZE public."Person";
