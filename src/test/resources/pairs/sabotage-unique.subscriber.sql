-- Sabotage, subscriber's side; run after sabotage-unique.publisher.sql has arrived: one of the two rows is lost, and a unique
-- constraint exists that the publisher does not have. The next COPY fails inside the worker; the table is reported as ready
-- and is empty. It is a constraint, so that no runbook drops it before the COPY; sabotage-unique-index is the other case.
DELETE FROM public."Person" WHERE "id" = 2;
ALTER TABLE public."Person" ADD CONSTRAINT "Person_email_only_here" UNIQUE ("email");
