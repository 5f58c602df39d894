package dev.pgrunbook.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Does what the usual commands do, for nobody to see, so that Java can keep the classes they load
 * in an archive. The launcher runs it once for each build; a user never does.
 *
 * <p>A command that is missing here works all the same, only a little slower at its start.
 */
final class Rehearsal {
  private static final String BUILT_IN = "pglogical/resync-tables";

  private Rehearsal() {}

  public static void main(String[] none) throws IOException {
    loadThisProgram();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Surroundings surroundings =
        new Surroundings(
            nowhere,
            nowhere,
            InputStream.nullInputStream(),
            System.getenv(),
            Path.of("").toAbsolutePath(),
            ColorChoice.AUTO);
    Program program = new Program(surroundings);
    Path file = copyOfBuiltIn();
    try {
      for (List<String> arguments : usual(file)) {
        program.run(arguments);
      }
    } finally {
      Files.delete(file);
    }
  }

  /** Reading a file takes other classes of Java's than reading a resource. */
  private static Path copyOfBuiltIn() throws IOException {
    Path file = Files.createTempFile("pgrunbook-rehearsal", ".yaml");
    String resource = "/runbooks/" + BUILT_IN + ".yaml";
    try (InputStream text =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream(resource), resource)) {
      Files.write(file, text.readAllBytes());
    }
    return file;
  }

  /**
   * Every class of the program's own jar, so that a run's first steps are no slower than a plan.
   */
  private static void loadThisProgram() throws IOException {
    String path = System.getProperty("java.class.path");
    ClassLoader loader = Rehearsal.class.getClassLoader();
    try (ZipFile jar = new ZipFile(path)) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.endsWith("package-info.class")) {
          String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
          try {
            Class.forName(type, false, loader);
          } catch (ClassNotFoundException | LinkageError unusable) {
            throw new IllegalStateException(
                "the jar holds a class that cannot be loaded: " + type, unusable);
          }
        }
      }
    }
  }

  private static List<List<String>> usual(Path file) {
    return List.of(
        List.of("--version"),
        List.of("--help"),
        List.of("help", "help"),
        List.of("hepl"),
        List.of("lint", BUILT_IN),
        List.of("lint", file.toString()),
        // Reads Groovy, too, to compare what it has written.
        List.of("convert", BUILT_IN, "--to", "groovy"));
  }
}
