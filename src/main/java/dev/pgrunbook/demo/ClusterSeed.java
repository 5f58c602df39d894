package dev.pgrunbook.demo;

import java.io.IOException;

/** What a new cluster's data directory grows from. */
public abstract sealed class ClusterSeed permits FreshSeed, ClusterTemplate {
  private final PostgresInstallation installation;

  ClusterSeed(PostgresInstallation installation) {
    this.installation = installation;
  }

  /** {@code initdb}: a cluster with a system identifier and a password of its own. */
  public static ClusterSeed fresh(PostgresInstallation installation) {
    return new FreshSeed(installation);
  }

  public final PostgresInstallation installation() {
    return installation;
  }

  /** Fills the directory's data and returns the superuser's password. */
  abstract String plant(ClusterDirectory directory, UnprivilegedAccount account) throws IOException;
}
