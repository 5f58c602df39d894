package dev.pgrunbook.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the real launcher over a Java and a Maven that are shell scripts: what is tested is what the
 * launcher does with them.
 */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "readlink",
          "find",
          "mkdir",
          "rmdir",
          "cp",
          "ln",
          "mv",
          "touch",
          "rm",
          "grep",
          "sed",
          "flock",
          "sleep",
          "cat");

  @TempDir Path temporary;
  private Path tools;
  private Path checkout;
  private Path javaHome;

  @BeforeEach
  void layOut() throws IOException {
    tools = Files.createDirectories(temporary.resolve("tools"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        Path program = Path.of(place + tool);
        if (Files.exists(program) && !Files.exists(tools.resolve(tool))) {
          script(tools.resolve(tool), "exec " + program + " \"$@\"\n");
        }
      }
    }
    checkout = Files.createDirectories(temporary.resolve("a checkout"));
    Files.copy(Path.of("pgrunbook").toAbsolutePath(), checkout.resolve("pgrunbook"));
    assertThat(checkout.resolve("pgrunbook").toFile().setExecutable(true)).isTrue();
    Files.createDirectories(checkout.resolve("src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    javaHome = java("17.0.15");
    script(
        tools.resolve("mvn"),
        """
        echo built >>"%s/mvn.calls"
        sleep 0.3
        for argument; do case $argument in -Doutput.root=*) out=${argument#*=} ;; esac; done
        [ ! -f "%s/broken" ] || { echo '[ERROR] Main.java:[3,1] not a statement'; exit 1; }
        mkdir -p "$out/lib" "$out/classes"
        echo jar >"$out/pgrunbook.jar"
        echo lib >"$out/lib/some.jar"
        printf 0123456789abcdef0123456789abcdef >"$out/pgrunbook.jar.sha256"
        """
            .formatted(temporary, temporary));
  }

  @Test
  void buildsOnceAndSaysSoOnStandardError() throws Exception {
    Ended first = start(checkout, "--version");
    assertThat(first.err()).isEqualTo("pgrunbook: building (first use)…\n");
    assertThat(first.code()).isZero();

    Ended second = start(checkout, "--version");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    start(checkout, "--version");
    Path source = Files.writeString(checkout.resolve("src/main/Main.java"), "class Main {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));

    assertThat(start(checkout, "--version").err())
        .isEqualTo("pgrunbook: building (sources changed)…\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    Process one = launch(checkout, checkout.resolve("pgrunbook"), "one");
    Process two = launch(checkout, checkout.resolve("pgrunbook"), "two");
    assertThat(end(one).out()).endsWith("<one>\n");
    assertThat(end(two).out()).endsWith("<two>\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void argumentsArriveAsTypedThroughSymlinksFromAnywhere() throws Exception {
    Path links = Files.createDirectories(temporary.resolve("links"));
    Files.createSymbolicLink(links.resolve("again"), Path.of("../a checkout/pgrunbook"));
    Files.createSymbolicLink(links.resolve("runbook"), links.resolve("again"));

    Ended ended =
        end(
            launch(
                temporary,
                links.resolve("runbook"),
                "-p",
                "tables='public.\"Person\"'",
                "",
                "$x *"));

    assertThat(ended.out())
        .startsWith("in " + temporary.toRealPath() + "\n")
        .endsWith("<-p>\n<tables='public.\"Person\"'>\n<>\n<$x *>\n");
  }

  @Test
  void failedBuildIsADefectAndNamesItsLog() throws Exception {
    Files.createFile(temporary.resolve("broken"));
    Ended ended = start(checkout, "--version");
    assertThat(ended.code()).isEqualTo(70);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("[ERROR] Main.java:[3,1] not a statement")
        .contains("the whole build log is ");
    Path log = checkout.toRealPath().resolve("target/launch/build.log");
    assertThat(ended.err()).contains(log.toString());
    assertThat(log).content().contains("not a statement");
  }

  @Test
  void withoutMavenSaysWhatToInstall() throws Exception {
    Files.delete(tools.resolve("mvn"));
    Ended ended = start(checkout, "--version");
    assertThat(ended.code()).isEqualTo(7);
    assertThat(ended.err()).contains("there is no mvn on the PATH").contains("apt-get install");
  }

  @Test
  void tooOldOrMissingJavaIsTheEnvironmentsFault() throws Exception {
    javaHome = java("11.0.2");
    Ended old = start(checkout, "--version");
    assertThat(old.code()).isEqualTo(7);
    assertThat(old.err()).contains("Java 17 or newer is needed").contains("is 11.0.2");

    javaHome = temporary.resolve("nowhere");
    Ended missing = start(checkout, "--version");
    assertThat(missing.code()).isEqualTo(7);
    assertThat(missing.err()).contains("JAVA_HOME is " + javaHome);
  }

  @Test
  void distributionStartsWithoutSources() throws Exception {
    Path unpacked = Files.createDirectories(temporary.resolve("unpacked"));
    Path launcher = Files.copy(checkout.resolve("pgrunbook"), unpacked.resolve("pgrunbook"));
    Files.writeString(unpacked.resolve("pgrunbook.jar"), "jar");
    Files.writeString(unpacked.resolve("pgrunbook.jar.sha256"), "0123456789abcdef");

    Ended ended = end(launch(temporary, launcher, "runs"));

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).endsWith("<runs>\n");
    assertThat(ended.err()).isEmpty();
    assertThat(temporary.resolve("mvn.calls")).doesNotExist();
  }

  private record Ended(int code, String out, String err) {}

  private Ended start(Path directory, String... arguments) throws Exception {
    return end(launch(directory, checkout.resolve("pgrunbook"), arguments));
  }

  private Process launch(Path directory, Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("HOME", temporary.toString());
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  private long builds() throws IOException {
    try (Stream<String> calls = Files.lines(temporary.resolve("mvn.calls"))) {
      return calls.count();
    }
  }

  /** A Java that writes where it was started and each argument after the main class. */
  private Path java(String version) throws IOException {
    Path home = Files.createDirectories(temporary.resolve("java-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    script(home.resolve("bin/javac"), "exit 1\n");
    script(
        home.resolve("bin/java"),
        """
        while [ $# -gt 0 ] && [ "$1" != dev.pgrunbook.cli.Main ]; do shift; done
        [ $# -gt 0 ] || exit 1
        shift
        echo "in $PWD"
        for argument; do echo "<$argument>"; done
        """);
    return home;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
