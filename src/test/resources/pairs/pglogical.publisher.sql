-- Makes the database a pglogical provider that publishes every table of every schema; run after the tables exist.
-- :'dsn' is the provider's own connection string, as the subscriber reaches it.
CREATE EXTENSION IF NOT EXISTS pglogical;
SELECT pglogical.create_node(node_name := 'cred_model', dsn := :'dsn');
SELECT pglogical.replication_set_add_all_tables(
    'default',
    ARRAY(SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'pglogical')));
