package dev.pgrunbook.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for installed PostgreSQL servers. */
final class InstalledPostgres {
  /** Parent directory, and what the name of a version's directory below it starts with. */
  private static final List<List<String>> PACKAGE_LAYOUTS =
      List.of(
          List.of("/usr/lib/postgresql", ""), // Debian, Ubuntu
          List.of("/usr", "pgsql-"), // PGDG on Red Hat
          List.of("/usr/libexec", "postgresql"), // Alpine
          List.of("/opt/homebrew/opt", "postgresql"),
          List.of("/usr/local/opt", "postgresql"),
          List.of("/Library/PostgreSQL", ""));

  private InstalledPostgres() {}

  /** What is named outright comes first, then by version, newest first. */
  static List<PostgresInstallation> search(Map<String, String> environment) {
    List<PostgresInstallation> found = new ArrayList<>();
    for (Path directory : named(environment)) {
      inspect(directory).ifPresent(found::add);
    }
    List<PostgresInstallation> packaged = new ArrayList<>();
    for (Path directory : packaged()) {
      inspect(directory).ifPresent(packaged::add);
    }
    packaged.sort(Comparator.comparingInt(PostgresInstallation::majorVersion).reversed());
    found.addAll(packaged);
    return found;
  }

  /** What the programs in a directory are; empty when they are not all there or do not run. */
  static Optional<PostgresInstallation> inspect(Path binDirectory) {
    for (String program : List.of("initdb", "pg_ctl", "postgres")) {
      if (!isProgram(binDirectory, program)) {
        return Optional.empty();
      }
    }
    try {
      // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
      String answer =
          ServerProgram.run(
              binDirectory, List.of(binDirectory.resolve("postgres").toString(), "--version"));
      String version = answer.strip().split(" ")[2];
      return Optional.of(
          new PostgresInstallation(binDirectory, version, hasPglogical(binDirectory)));
    } catch (ClusterException doesNotRun) {
      return Optional.empty();
    }
  }

  private static Set<Path> named(Map<String, String> environment) {
    Set<Path> directories = new LinkedHashSet<>();
    String given = environment.getOrDefault("PGBINDIR", "");
    if (!given.isEmpty()) {
      directories.add(Path.of(given));
    }
    for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!entry.isEmpty() && isProgram(Path.of(entry), "pg_config")) {
        configured(Path.of(entry), "--bindir").ifPresent(directories::add);
      }
    }
    return directories;
  }

  private static List<Path> packaged() {
    List<Path> directories = new ArrayList<>();
    for (List<String> layout : PACKAGE_LAYOUTS) {
      Path parent = Path.of(layout.get(0));
      if (!Files.isDirectory(parent)) {
        continue;
      }
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, layout.get(1) + "*")) {
        versions.forEach(version -> directories.add(version.resolve("bin")));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return directories;
  }

  private static boolean hasPglogical(Path bin) {
    Optional<Path> share = configured(bin, "--sharedir");
    Optional<Path> libraries = configured(bin, "--pkglibdir");
    if (share.isEmpty() || libraries.isEmpty()) {
      return false;
    }
    return Files.exists(share.get().resolve("extension").resolve("pglogical.control"))
        && (Files.exists(libraries.get().resolve("pglogical.so"))
            || Files.exists(libraries.get().resolve("pglogical.dylib")));
  }

  /**
   * A path from {@code pg_config}; where that is not installed there are no extensions to ask for.
   */
  private static Optional<Path> configured(Path bin, String option) {
    if (!isProgram(bin, "pg_config")) {
      return Optional.empty();
    }
    try {
      String program = bin.resolve("pg_config").toString();
      return Optional.of(Path.of(ServerProgram.run(bin, List.of(program, option)).strip()));
    } catch (ClusterException doesNotRun) {
      return Optional.empty();
    }
  }

  private static boolean isProgram(Path directory, String name) {
    return Files.isExecutable(directory.resolve(name))
        || Files.isExecutable(directory.resolve(name + ".exe"));
  }
}
