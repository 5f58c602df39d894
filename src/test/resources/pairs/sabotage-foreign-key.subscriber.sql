-- Sabotage, subscriber's side; run once the pair is in sync: a table of the subscriber's own references "Person".
-- TRUNCATE fails: cannot truncate a table referenced in a foreign key constraint. The guide finds out after its DROPs.
CREATE TABLE public."PersonNote" (
    "id"       bigint PRIMARY KEY,
    "personId" bigint NOT NULL,
    CONSTRAINT "PersonNote_personId_fkey" FOREIGN KEY ("personId") REFERENCES public."Person" ("id")
);
INSERT INTO public."PersonNote" VALUES (1, 1);
