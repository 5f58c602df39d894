-- Names that break naive SQL, publisher's side: spaces, quotes, semicolons, dots, apostrophes, percent signs, colons and
-- reserved words, in three schemas, with rows in every table.
CREATE SCHEMA "Sales; Dept.";
CREATE SCHEMA archive;

CREATE TABLE public."Company Identifier" ("id" bigint PRIMARY KEY, "the ""value""" text, "updatedAt" timestamptz NOT NULL);
CREATE TABLE "Sales; Dept."."Order ""24""; DROP TABLE x" ("id" bigint PRIMARY KEY, "it's" text, "updatedAt" timestamptz NOT NULL);
CREATE TABLE public."a.b:c%d$1" ("select" bigint PRIMARY KEY, "from" text, "updatedAt" timestamptz NOT NULL);
CREATE TABLE public."Person" ("id" bigint PRIMARY KEY, "email" text, "updatedAt" timestamptz NOT NULL);
CREATE TABLE archive."Person" ("id" bigint PRIMARY KEY, "email" text, "updatedAt" timestamptz NOT NULL);

INSERT INTO public."Company Identifier"
SELECT n, 'it''s "' || n || '"; -- :value', timestamptz '2026-03-01 00:00+00' + n * interval '1 hour' FROM generate_series(1, 1000) AS n;
INSERT INTO "Sales; Dept."."Order ""24""; DROP TABLE x" SELECT * FROM public."Company Identifier";
INSERT INTO public."a.b:c%d$1" SELECT * FROM public."Company Identifier";
INSERT INTO public."Person" SELECT * FROM public."Company Identifier";
INSERT INTO archive."Person" SELECT * FROM public."Company Identifier" WHERE "id" <= 500;
