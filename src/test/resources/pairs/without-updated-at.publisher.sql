-- A table without "updatedAt" and one whose "updatedAt" is text, beside the standard "Person"; publisher's side, run after
-- person.publisher.sql. One of them in the replication set makes the guide's generated query fail as a whole.
CREATE TABLE public."Country" ("code" text PRIMARY KEY, "name" text);
CREATE TABLE public."Legacy" ("id" bigint PRIMARY KEY, "updatedAt" text);
INSERT INTO public."Country" VALUES ('DK', 'Danmark'), ('NO', 'Norge');
INSERT INTO public."Legacy" VALUES (1, 'yesterday');
