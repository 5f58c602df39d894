package dev.pgrunbook.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has the real launcher start the real program as a distribution, with the Java that runs the
 * tests, and looks whether the class-data archive comes about and is used. Without one everything
 * works, only slower: nobody would notice.
 */
class ClassDataArchiveTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path temporary;
  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    home = Files.createDirectories(temporary.resolve("unpacked"));
    Files.createDirectories(home.resolve("archives"));
    Files.copy(Path.of("pgrunbook").toAbsolutePath(), home.resolve("pgrunbook"));
    Files.writeString(home.resolve("pgrunbook.jar.sha256"), "0123456789abcdef\n");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.CLASS_PATH, String.join(" ", libraries()));
    Path classes =
        Path.of(ExitCode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (OutputStream file = Files.newOutputStream(home.resolve("pgrunbook.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest);
        Stream<Path> tree = Files.walk(classes)) {
      for (Path entry : tree.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
        Files.copy(entry, jar);
        jar.closeEntry();
      }
    }
  }

  /** Every library of the tests, those of the program among them, as a manifest names them. */
  private static List<String> libraries() {
    List<String> addresses = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (element.endsWith(".jar")) {
        addresses.add(Path.of(element).toUri().toString());
      }
    }
    return addresses;
  }

  @Test
  void theSecondStartTakesItsClassesFromTheArchive() throws Exception {
    start("", "--version");
    Path archive = awaitArchive();
    Path loaded = temporary.resolve("loaded.txt");
    start("-Xlog:class+load:file=" + loaded, "--version");

    assertThat(archive.getFileName().toString()).startsWith("0123456789abcdef-");
    assertThat(loaded)
        .content()
        .containsPattern("dev\\.pgrunbook\\.cli\\.Program source: shared objects file")
        .doesNotContain("groovy");
  }

  private Path awaitArchive() throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      List<Path> found = archives();
      List<String> names = found.stream().map(file -> file.getFileName().toString()).toList();
      assertThat(names).noneMatch(name -> name.endsWith(".failed"));
      if (names.stream().anyMatch(name -> name.endsWith(".archive"))) {
        return found.stream()
            .filter(file -> file.toString().endsWith(".archive"))
            .findFirst()
            .get();
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    throw new AssertionError("no archive within " + PATIENCE + "; there is " + archives());
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("archives"))) {
      return files.toList();
    }
  }

  private void start(String javaOptions, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", home.resolve("pgrunbook").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PGRUNBOOK_JAVA_OPTIONS", javaOptions);
    File out = temporary.resolve("out.txt").toFile();
    File err = temporary.resolve("err.txt").toFile();
    Process process = builder.redirectOutput(out).redirectError(err).start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(err).content().isEmpty();
    assertThat(out).content().startsWith("pgrunbook ");
    assertThat(process.exitValue()).isZero();
  }
}
