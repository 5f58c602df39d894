-- Names that break naive SQL, subscriber's side: "Person_email_idx" exists in two schemas, and one table spells its columns
-- in another order and has one more, as a table does that was changed on both sides independently.
CREATE SCHEMA "Sales; Dept.";
CREATE SCHEMA archive;

CREATE TABLE public."Company Identifier" ("id" bigint PRIMARY KEY, "the ""value""" text, "updatedAt" timestamptz NOT NULL);
CREATE TABLE "Sales; Dept."."Order ""24""; DROP TABLE x" ("id" bigint PRIMARY KEY, "it's" text, "updatedAt" timestamptz NOT NULL);
CREATE TABLE public."a.b:c%d$1" ("from" text, "only here" text DEFAULT 'x', "updatedAt" timestamptz NOT NULL, "select" bigint PRIMARY KEY);
CREATE TABLE public."Person" ("id" bigint PRIMARY KEY, "email" text, "updatedAt" timestamptz NOT NULL);
CREATE TABLE archive."Person" ("id" bigint PRIMARY KEY, "email" text, "updatedAt" timestamptz NOT NULL);

CREATE INDEX "Company Identifier; value" ON public."Company Identifier" ("the ""value""");
CREATE INDEX "Order ""24"" it's" ON "Sales; Dept."."Order ""24""; DROP TABLE x" ("it's") WHERE "it's" <> 'x;y';
CREATE INDEX "a.b:c%d$1" ON archive."Person" ("updatedAt");
CREATE INDEX "from.idx" ON public."a.b:c%d$1" ("from");
CREATE INDEX "Person_email_idx" ON public."Person" ("email");
CREATE INDEX "Person_email_idx" ON archive."Person" (lower("email"));
CREATE UNIQUE INDEX "Person_identity" ON archive."Person" ("updatedAt", "id");
ALTER TABLE archive."Person" REPLICA IDENTITY USING INDEX "Person_pkey";
