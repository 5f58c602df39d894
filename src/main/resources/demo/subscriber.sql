-- The demo's subscriber: the same tables, which the subscription fills.
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

CREATE INDEX "Person_fullName_idx" ON "Person" ("fullName");
CREATE UNIQUE INDEX "Person_email_idx" ON "Person" (lower("email"));
CREATE INDEX "Person_companyId_updatedAt_idx" ON "Person" ("companyId", "updatedAt" DESC) WHERE "companyId" IS NOT NULL;
