package dev.pgrunbook.testing;

import dev.pgrunbook.demo.ClusterSeed;
import dev.pgrunbook.demo.PairSetup;
import dev.pgrunbook.demo.PostgresInstallation;
import dev.pgrunbook.demo.ReplicatedPair;
import dev.pgrunbook.demo.ReplicationKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The embedded PostgreSQL with the installed pglogical copied into it: the embedded one is of a
 * newer minor release, which has settings that matter to pglogical.
 */
public final class EmbeddedPglogical {
  private EmbeddedPglogical() {}

  /** Brings up a pair of such servers; skips the test where there is no fitting pglogical. */
  public static TestPair pair(Path directory, String publisher, String subscriber) {
    new InstalledSource().require();
    PostgresInstallation installed = PostgresInstallation.withPglogical().orElseThrow();
    PostgresInstallation embedded = PostgresInstallation.embedded();
    if (installed.majorVersion() != embedded.majorVersion()) {
      Absence.report(
          "the installed pglogical is for PostgreSQL %d, the embedded one is %s"
              .formatted(installed.majorVersion(), embedded.version()),
          false);
    }
    ClusterSeed seed = ClusterSeed.fresh(copy(embedded, installed, directory));
    PairSetup setup =
        new PairSetup(
            ReplicationKind.PGLOGICAL, Resources.text(publisher), Resources.text(subscriber));
    return new TestPair(ReplicatedPair.start(seed, seed, setup, new TestSql()));
  }

  private static PostgresInstallation copy(
      PostgresInstallation embedded, PostgresInstallation installed, Path directory) {
    try {
      // The servers run as another user, who has to get in.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path home = directory.resolve("postgresql");
      copyTree(embedded.binDirectory().getParent(), home);
      Path bin = home.resolve("bin");
      PostgresInstallation copy = new PostgresInstallation(bin, embedded.version(), true);
      copyPglogical(configured(installed, "--pkglibdir"), home.resolve("lib/postgresql"));
      copyPglogical(
          configured(installed, "--sharedir").resolve("extension"),
          home.resolve("share/postgresql/extension"));
      return copy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path configured(PostgresInstallation installation, String what)
      throws IOException {
    String program = installation.binDirectory().resolve("pg_config").toString();
    Process process = new ProcessBuilder(List.of(program, what)).start();
    return Path.of(
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            to.resolve(from.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static void copyPglogical(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getFileName().toString().startsWith("pglogical")) {
          Files.copy(file, to.resolve(file.getFileName().toString()));
        }
      }
    }
  }
}
