-- The standard pair, subscriber's side: the same table, empty until the subscription copies it, with three secondary indexes.
CREATE TABLE public."Person" (
    "id"        bigint PRIMARY KEY,
    "fullName"  text        NOT NULL,
    "email"     text        NOT NULL,
    "companyId" bigint,
    "updatedAt" timestamptz NOT NULL
);

CREATE INDEX "Person_fullName_idx" ON public."Person" ("fullName");
CREATE INDEX "Person_email_idx" ON public."Person" (lower("email"));
CREATE INDEX "Person_companyId_updatedAt_idx" ON public."Person" ("companyId", "updatedAt" DESC) WHERE "companyId" IS NOT NULL;
