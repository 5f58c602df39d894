package dev.pgrunbook.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Does what the usual commands do, for nobody to see, so that Java can keep the classes they load
 * in an archive. The launcher runs it once for each build; a user never does.
 *
 * <p>A command that is missing here works all the same, only a little slower at its start.
 */
final class Rehearsal {
  private static final String CLASS = ".class";

  /** A class of each library that a run cannot do without. */
  private static final List<String> LIBRARIES =
      List.of(
          "org/postgresql/Driver.class",
          "com/google/gson/JsonElement.class",
          "com/zaxxer/hikari/HikariDataSource.class");

  private static final String BUILT_IN = "pglogical/resync-tables";

  /** Begins a run, and leaves it waiting for an answer. */
  private static final String RUNBOOK =
      """
      runbook: rehearsal
      version: "1.0.0"
      title: Rehearsal
      targets: {db: {}}
      steps:
        - {id: wait, gate: "Go on?"}
        - {id: write, target: db, sql: "DELETE FROM rehearsal"}
        - id: write-all
          target: db
          generate: SELECT format('DELETE FROM %I', relname) FROM pg_class
      """;

  /** Nothing listens there: the driver is loaded, and nobody's server is asked for anything. */
  private static final String WORKSPACE =
      "connections: {nobody: {url: \"postgresql://rehearsal@127.0.0.1:1/rehearsal\"}}";

  private Rehearsal() {}

  public static void main(String[] none) throws IOException {
    ClassLoader loader = Rehearsal.class.getClassLoader();
    loadThisProgram(loader);
    for (String resource : LIBRARIES) {
      loadLibrary(loader, resource);
    }
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Path directory = Files.createTempDirectory("pgrunbook-rehearsal");
    try {
      for (List<String> arguments : usual(directory)) {
        new Program(surroundings(nowhere, directory)).run(arguments);
      }
    } finally {
      remove(directory);
    }
  }

  /** Nothing of the user's is read, whose workspace may tell people of runs, and nothing kept. */
  static Surroundings surroundings(PrintStream nowhere, Path directory) {
    return new Surroundings(
        nowhere,
        nowhere,
        InputStream.nullInputStream(),
        Map.of("HOME", directory.toString()),
        directory,
        ColorChoice.AUTO);
  }

  /** Reading a file takes other classes of Java's than reading a resource. */
  private static Path copyOfBuiltIn(Path directory) throws IOException {
    String resource = "/runbooks/" + BUILT_IN + ".yaml";
    try (InputStream text =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream(resource), resource)) {
      return Files.write(directory.resolve("copy.yaml"), text.readAllBytes());
    }
  }

  /**
   * Every class of the program's own jar, so that a run's first steps are no slower than a plan.
   */
  private static void loadThisProgram(ClassLoader loader) throws IOException {
    for (String type : types(Path.of(System.getProperty("java.class.path")))) {
      try {
        Class.forName(type, false, loader);
      } catch (ClassNotFoundException | LinkageError unusable) {
        throw new IllegalStateException(
            "the jar holds a class that cannot be loaded: " + type, unusable);
      }
    }
  }

  /** Every class of a library that a run uses in ways for which it takes a server. */
  private static void loadLibrary(ClassLoader loader, String resource) throws IOException {
    URL one = Objects.requireNonNull(loader.getResource(resource), resource);
    JarURLConnection connection = (JarURLConnection) one.openConnection();
    for (String type : types(Path.of(URI.create(connection.getJarFileURL().toString())))) {
      loadWhereItFits(type, loader);
    }
  }

  private static void loadWhereItFits(String type, ClassLoader loader) {
    try {
      Class.forName(type, false, loader);
    } catch (ClassNotFoundException | LinkageError forOthers) {
      // It fits into frameworks, too, that are not here.
      return;
    }
  }

  private static List<String> types(Path jar) throws IOException {
    try (ZipFile opened = new ZipFile(jar.toFile())) {
      return Collections.list(opened.entries()).stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(CLASS) && !name.endsWith("-info" + CLASS))
          .filter(name -> !name.startsWith("META-INF/"))
          .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
          .toList();
    }
  }

  /**
   * Returns the usual commands.
   *
   * @param directory where what they read is made, and what they keep may stay
   */
  static List<List<String>> usual(Path directory) throws IOException {
    String copy = copyOfBuiltIn(directory).toString();
    String runbook = Files.writeString(directory.resolve("run.yaml"), RUNBOOK).toString();
    Files.writeString(directory.resolve("pgrunbook.yaml"), WORKSPACE);
    return List.of(
        List.of("--version"),
        List.of("--help"),
        List.of("help", "help"),
        List.of("hepl"),
        List.of("lint", BUILT_IN),
        List.of("lint", copy),
        // Reads Groovy, too, to compare what it has written.
        List.of("convert", BUILT_IN, "--to", "groovy"),
        List.of("run", runbook, "--target", "db=nobody"));
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
