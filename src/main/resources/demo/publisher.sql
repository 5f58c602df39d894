-- The demo's publisher: a model database as an application's object mapper writes it, with mixed-case names.
CREATE TABLE "Company" (
    "id"        bigint PRIMARY KEY,
    "name"      text        NOT NULL,
    "country"   text        NOT NULL,
    "updatedAt" timestamptz NOT NULL
);

CREATE TABLE "Person" (
    "id"        bigint PRIMARY KEY,
    "fullName"  text        NOT NULL,
    "email"     text        NOT NULL,
    "companyId" bigint,
    "updatedAt" timestamptz NOT NULL
);

INSERT INTO "Company"
SELECT n,
       (ARRAY['Alder', 'Birch', 'Cedar', 'Elm', 'Hazel', 'Linden', 'Maple', 'Rowan'])[1 + n % 8] || ' & Partners ' || n,
       (ARRAY['AT', 'CH', 'DE', 'ES', 'FR', 'GB', 'NL', 'SE'])[1 + n / 8 % 8],
       timestamptz '2026-01-05 08:00+00' + n * interval '3 hours'
FROM generate_series(1, 2000) AS n;

INSERT INTO "Person"
SELECT n,
       (ARRAY['Ada', 'Edgar', 'Grace', 'Jim', 'Lena', 'Michael', 'Noor', 'Radia'])[1 + n % 8]
           || ' ' || (ARRAY['Berg', 'Costa', 'Dahl', 'Fischer', 'Ito', 'Moreau', 'Novak', 'Silva'])[1 + n / 8 % 8]
           || ' ' || n,
       'person' || n || '@example.com',
       nullif(n % 2001, 0),
       timestamptz '2026-01-05 08:00+00' + n * interval '1 minute'
FROM generate_series(1, 200000) AS n;

CREATE INDEX "Person_fullName_idx" ON "Person" ("fullName");
CREATE UNIQUE INDEX "Person_email_idx" ON "Person" (lower("email"));
CREATE INDEX "Person_companyId_updatedAt_idx" ON "Person" ("companyId", "updatedAt" DESC) WHERE "companyId" IS NOT NULL;

ANALYZE;
