-- Subscribes to the provider and copies its tables; run after both sides have their tables.
-- :'dsn' is the subscriber's own connection string, :'provider_dsn' the publisher's.
CREATE EXTENSION IF NOT EXISTS pglogical;
SELECT pglogical.create_node(node_name := 'cred_model_api_dev', dsn := :'dsn');
SELECT pglogical.create_subscription(
    subscription_name := 'cred_tables',
    provider_dsn := :'provider_dsn',
    synchronize_structure := false,
    synchronize_data := true);
SELECT pglogical.wait_for_subscription_sync_complete('cred_tables');
