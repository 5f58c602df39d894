-- Sabotage, publisher's side; run while the standard pair replicates, and let it arrive before the subscriber's side runs:
-- two rows share an e-mail address, which the publisher allows.
UPDATE public."Person" SET "email" = 'person1@example.com' WHERE "id" = 2;
