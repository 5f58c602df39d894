package dev.pgrunbook.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of one PostgreSQL.
 *
 * @param binDirectory holds {@code initdb}, {@code pg_ctl} and {@code postgres}
 * @param version as the server says it, such as {@code 15.18}
 * @param pglogical whether the extension pglogical is installed with it
 */
public record PostgresInstallation(Path binDirectory, String version, boolean pglogical) {

  /** The binaries this program brings along, unpacked on first use. */
  public static PostgresInstallation embedded() {
    Path home = EmbeddedBinaries.unpack(WorkDirectory.ofThisUser());
    return InstalledPostgres.inspect(home.resolve("bin"))
        .orElseThrow(
            () ->
                new ClusterException(
                    "the programs in %s do not run; where that file system is mounted noexec, set -Djava.io.tmpdir to another"
                        .formatted(home)));
  }

  /**
   * The newest PostgreSQL with pglogical on this machine: in {@code PGBINDIR}, behind {@code
   * pg_config} on the {@code PATH}, or where packages put it.
   */
  public static Optional<PostgresInstallation> withPglogical() {
    return InstalledPostgres.search(System.getenv()).stream()
        .filter(PostgresInstallation::pglogical)
        .findFirst();
  }

  static Optional<PostgresInstallation> withPglogical(Map<String, String> environment) {
    return InstalledPostgres.search(environment).stream()
        .filter(PostgresInstallation::pglogical)
        .findFirst();
  }

  public int majorVersion() {
    return Integer.parseInt(version.split("[^0-9]", 2)[0]);
  }

  /** Whether this server has a setting of that name. */
  boolean knowsSetting(String name) {
    // One setting a line, its name first, separated by tabs.
    String settings =
        ServerProgram.run(binDirectory, List.of(program("postgres"), "--describe-config"));
    return settings.lines().anyMatch(line -> line.startsWith(name + "\t"));
  }

  String program(String name) {
    return binDirectory.resolve(name).toString();
  }
}
