-- Sabotage, subscriber's side, the other case of sabotage-unique: a unique index without a constraint. The guide's text
-- drops it and never gets it back; the built-in drops it, copies, and fails loudly when it is rebuilt.
DELETE FROM public."Person" WHERE "id" = 2;
CREATE UNIQUE INDEX "Person_email_only_here" ON public."Person" ("email");
