package dev.pgrunbook.demo;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the PostgreSQL that comes on the class path, once per version: the directory is named
 * after the archive's content.
 */
final class EmbeddedBinaries {
  /**
   * Written last; says how many files there were, since cleaners of {@code /tmp} take single ones.
   */
  private static final String MARKER = "complete";

  private EmbeddedBinaries() {}

  /** The directory with {@code bin}, {@code lib} and {@code share}. */
  static Path unpack(WorkDirectory work) {
    try {
      byte[] archive = archive();
      Path home = work.root().resolve("postgresql-" + digest(archive));
      if (!isComplete(home)) {
        unpack(archive, work, home);
      }
      return home;
    } catch (IOException failure) {
      throw new ClusterException("cannot unpack the embedded PostgreSQL", failure);
    }
  }

  private static byte[] archive() throws IOException {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system =
        name.contains("windows") ? "Windows" : name.contains("mac") ? "Darwin" : "Linux";
    try (InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"))) {
      return archive.readAllBytes();
    } catch (IllegalStateException missing) {
      throw new ClusterException(
          "there is no embedded PostgreSQL for %s on %s; install PostgreSQL and set PGBINDIR"
              .formatted(system, System.getProperty("os.arch")),
          missing);
    }
  }

  /** Unpacks beside and renames, so that nobody sees half of it and two may do it at once. */
  private static void unpack(byte[] archive, WorkDirectory work, Path home) throws IOException {
    Path beside = Files.createTempDirectory(work.root(), "unpacking");
    try {
      try (TarArchiveInputStream files =
          new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
        for (TarArchiveEntry entry = files.getNextEntry();
            entry != null;
            entry = files.getNextEntry()) {
          write(files, entry, beside);
        }
      }
      openDirectories(beside);
      Files.writeString(beside.resolve(MARKER), Long.toString(countFiles(beside)));
      if (Files.exists(home) && !isComplete(home)) {
        WorkDirectory.remove(home);
      }
      Files.move(beside, home);
    } catch (IOException failure) {
      if (!isComplete(home)) {
        throw failure;
      }
    } finally {
      WorkDirectory.remove(beside);
    }
  }

  private static void write(TarArchiveInputStream files, TarArchiveEntry entry, Path directory)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("the archive names a path outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, directory.resolve(entry.getLinkName()));
    } else {
      Files.copy(files, target);
      boolean program = (entry.getMode() & 0100) != 0;
      WorkDirectory.setPermissions(target, program ? "rwxr-xr-x" : "rw-r--r--");
    }
  }

  /** Whatever this process's umask, the account that PostgreSQL runs as has to get in. */
  private static void openDirectories(Path home) throws IOException {
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isDirectory(path)) {
          WorkDirectory.setPermissions(path, "rwxr-xr-x");
        }
      }
    }
  }

  private static boolean isComplete(Path home) throws IOException {
    Path marker = home.resolve(MARKER);
    if (!Files.exists(marker)) {
      return false;
    }
    // The marker itself was not there when the files were counted.
    String expected = Files.readString(marker, StandardCharsets.UTF_8);
    return expected.equals(Long.toString(countFiles(home) - 1));
  }

  private static long countFiles(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.count();
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
