package dev.pgrunbook.demo;

/** How a pair replicates. */
public enum ReplicationKind {
  /** The extension pglogical, which the installation has to have. */
  PGLOGICAL {
    @Override
    ClusterOptions options(PostgresInstallation installation) {
      ClusterOptions options =
          common()
              .with("shared_preload_libraries", "pglogical")
              .with("track_commit_timestamp", "on");
      // Newer minor releases load only the output plugins they are told of; older ones do not know
      // the setting.
      String plugins = "output_plugin_libraries";
      return installation.knowsSetting(plugins)
          ? options.with(plugins, "pgoutput, test_decoding, pglogical_output")
          : options;
    }

    @Override
    String publish(String subscription, String dsn) {
      return """
          CREATE EXTENSION IF NOT EXISTS pglogical;
          SELECT pglogical.create_node(node_name := 'cred_model', dsn := %s);
          SELECT pglogical.replication_set_add_all_tables(
              'default',
              ARRAY(SELECT nspname::text FROM pg_namespace
                    WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'pglogical')));
          """
          .formatted(literal(dsn));
    }

    @Override
    String prepareSubscriber(String dsn) {
      return """
          CREATE EXTENSION IF NOT EXISTS pglogical;
          SELECT pglogical.create_node(node_name := 'cred_model_api_dev', dsn := %s);
          """
          .formatted(literal(dsn));
    }

    @Override
    String subscribe(String subscription, String publisherDsn) {
      return """
          SELECT pglogical.create_subscription(
              subscription_name := %s,
              provider_dsn := %s,
              synchronize_structure := false,
              synchronize_data := true);
          """
          .formatted(literal(subscription), literal(publisherDsn));
    }

    @Override
    String pending() {
      // The row without a table stands for the subscription itself; it is the first to appear.
      return """
          SELECT CASE WHEN count(*) = 0 THEN 'not started'
                      ELSE string_agg(format('%s: %s', coalesce(sync_relname, 'subscription'), sync_status), ', ')
                           FILTER (WHERE sync_status <> 'r')
                 END
          FROM pglogical.local_sync_status
          """;
    }
  },

  /** PostgreSQL's own publications and subscriptions. */
  BUILT_IN {
    @Override
    ClusterOptions options(PostgresInstallation installation) {
      return common();
    }

    @Override
    String publish(String subscription, String dsn) {
      // A table can be taken out of a publication only when it was put in by name.
      return """
          DO $$
          BEGIN
            EXECUTE (
                SELECT format('CREATE PUBLICATION %%I FOR TABLE %%s', %1$s,
                              string_agg(format('%%I.%%I', schemaname, tablename), ', '))
                FROM pg_tables
                WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema');
          END
          $$
          """
          .formatted(literal(subscription));
    }

    @Override
    String prepareSubscriber(String dsn) {
      return "";
    }

    @Override
    String subscribe(String subscription, String publisherDsn) {
      return "CREATE SUBSCRIPTION %1$s CONNECTION %2$s PUBLICATION %1$s"
          .formatted(identifier(subscription), literal(publisherDsn));
    }

    @Override
    String pending() {
      return """
          SELECT CASE WHEN count(*) = 0 THEN 'not started'
                      ELSE string_agg(format('%s: %s', srrelid::regclass, srsubstate), ', ')
                           FILTER (WHERE srsubstate <> 'r')
                 END
          FROM pg_subscription_rel
          """;
    }
  };

  /** What both servers of such a pair are started with. */
  abstract ClusterOptions options(PostgresInstallation installation);

  /** Makes the publisher offer every table it has. */
  abstract String publish(String subscription, String dsn);

  /** What the subscriber needs before it subscribes; empty when nothing. */
  abstract String prepareSubscriber(String dsn);

  abstract String subscribe(String subscription, String publisherDsn);

  /** Asks the subscriber which tables are not in sync; null when all are. */
  abstract String pending();

  private static ClusterOptions common() {
    return ClusterOptions.defaults()
        .with("wal_level", "logical")
        .with("max_replication_slots", "20")
        .with("max_wal_senders", "20")
        .with("max_worker_processes", "20")
        // How long a worker that failed or found nothing to do waits before it starts again.
        .with("wal_retrieve_retry_interval", "500ms");
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
