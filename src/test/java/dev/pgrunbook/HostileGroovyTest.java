package dev.pgrunbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads every hostile Groovy file in a process with little memory, and looks at what it did there.
 *
 * <p>The files try to create {@code hostile-marker}, read {@code secret.txt} and the variable
 * SECRET, reach a port, hang, or take all memory. The manifest says which, and how each must end.
 */
class HostileGroovyTest {

  private static final Path ROOT = Path.of("src/test/resources/hostile/groovy");
  private static final String SECRET = "nobody may read this";

  /** Milliseconds of processor time for one file, once Groovy's parser is loaded. */
  private static final long TIME = 2_000;

  /** Classes that a file could only reach by being run. */
  private static final List<String> OUT_OF_REACH =
      List.of(
          "java.lang.ProcessBuilder",
          "java.lang.ProcessImpl",
          "java.net.Socket ",
          "java.net.HttpURLConnection",
          "groovy.lang.GroovyShell",
          "groovy.util.Eval",
          "groovy.grape.Grape ",
          "org.codehaus.groovy.control.CompilationUnit ",
          "org.codehaus.groovy.transform.ASTTransformationVisitor ",
          "org.codehaus.groovy.classgen.AsmClassGenerator ",
          "groovy.lang.GroovyClassLoader$ClassCollector");

  private record Outcome(String code, long milliseconds, boolean placed) {}

  @TempDir private Path folder;

  @Test
  void everyFileEndsAsTheManifestSaysAndDoesNothing() throws Exception {
    Map<String, String> manifest = manifest();
    Files.writeString(folder.resolve("secret.txt"), SECRET);
    StringBuilder printed = new StringBuilder();
    Map<String, Outcome> outcomes;
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      copyFiles(manifest, server.getLocalPort());
      outcomes = loadAll(new ArrayList<>(manifest.keySet()), printed);
      server.setSoTimeout(1);
      assertThat(accepts(server)).as("a file reached the network").isFalse();
    }
    assertThat(folder.resolve("hostile-marker")).doesNotExist();
    assertThat(printed.toString()).doesNotContain(SECRET);
    assertThat(outcomes.keySet()).isEqualTo(manifest.keySet());
    Map<String, String> codes = new TreeMap<>();
    outcomes.forEach((name, outcome) -> codes.put(name, outcome.code()));
    assertThat(codes).containsExactlyInAnyOrderEntriesOf(manifest);
    assertThat(outcomes.values()).allMatch(Outcome::placed);
    assertThat(outcomes).allSatisfy((name, end) -> assertThat(end.milliseconds()).isLessThan(TIME));
    for (String line : Files.readAllLines(folder.resolve("classes.txt"))) {
      assertThat(OUT_OF_REACH).as(line).noneMatch(line::contains);
    }
  }

  @Test
  void manifestNamesEveryFile() throws IOException {
    try (Stream<Path> list = Files.list(ROOT)) {
      assertThat(list.map(path -> path.getFileName().toString()).filter(n -> n.endsWith(".groovy")))
          .containsExactlyInAnyOrderElementsOf(manifest().keySet())
          .hasSizeGreaterThanOrEqualTo(150);
    }
  }

  private void copyFiles(Map<String, String> manifest, int port) throws IOException {
    for (String name : manifest.keySet()) {
      byte[] bytes = Files.readAllBytes(ROOT.resolve(name));
      String text = new String(bytes, StandardCharsets.UTF_8);
      boolean network = text.contains("PORT");
      byte[] written =
          network
              ? text.replace("PORT", String.valueOf(port)).getBytes(StandardCharsets.UTF_8)
              : bytes;
      Files.write(folder.resolve(name), written);
    }
  }

  /** A process whose parser is still busy ends itself; the next one goes on after that file. */
  private Map<String, Outcome> loadAll(List<String> names, StringBuilder printed) throws Exception {
    Map<String, Outcome> outcomes = new TreeMap<>();
    List<String> left = names;
    while (!left.isEmpty()) {
      Process process = start(left);
      String output;
      try (InputStream stream = process.getInputStream()) {
        output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      printed.append(output);
      assertThat(process.exitValue()).as(output).isIn(0, HostileGroovyProgram.BUSY);
      List<String> lines = output.lines().toList();
      assertThat(lines).isNotEmpty();
      lines.forEach(line -> outcomes.put(line.split(" ")[0], outcome(line)));
      left = left.subList(lines.size(), left.size());
    }
    return outcomes;
  }

  private static Outcome outcome(String line) {
    String[] words = line.split(" ");
    return new Outcome(words[1], Long.parseLong(words[2]), words[3].equals("|"));
  }

  private Process start(List<String> names) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Xlog:class+load:file=" + folder.resolve("classes.txt"));
    command.addAll(List.of("-cp", absoluteClassPath()));
    command.add(HostileGroovyProgram.class.getName());
    command.add(folder.resolve("empty-file.groovy").toString());
    Files.writeString(folder.resolve("empty-file.groovy"), "def x = 1\n");
    names.forEach(name -> command.add(folder.resolve(name).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SECRET", SECRET);
    return builder.redirectErrorStream(true).start();
  }

  private static String absoluteClassPath() {
    String separator = java.io.File.pathSeparator;
    return Stream.of(System.getProperty("java.class.path").split(separator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(java.util.stream.Collectors.joining(separator));
  }

  private static boolean accepts(ServerSocket server) throws IOException {
    try {
      server.accept().close();
      return true;
    } catch (java.net.SocketTimeoutException nobody) {
      return false;
    }
  }

  private static Map<String, String> manifest() throws IOException {
    Map<String, String> manifest = new TreeMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("manifest.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" +");
        manifest.put(words[0], words[2]);
      }
    }
    return manifest;
  }
}
