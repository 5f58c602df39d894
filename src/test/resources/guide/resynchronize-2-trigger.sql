-- "2. Trigger the Resynchronization", on the subscriber, verbatim.
-- Shows: fails when a foreign key references the table (cannot truncate a table referenced in a foreign key constraint)
-- and when it runs already (already being synchronized); waits without limit for a reader's lock; the table stays in
-- catch-up ('u') while the publisher has no commits; a unique violation in the copy leaves the table empty and 'r'.

SELECT pglogical.alter_subscription_resynchronize_table(
subscription_name := 'cred_tables',
relation := 'public."Person"'
);
