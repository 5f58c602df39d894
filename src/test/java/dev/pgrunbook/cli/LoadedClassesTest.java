package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command does not need is never loaded; Java itself tells what was. */
class LoadedClassesTest {

  private static final Pattern LOADED = Pattern.compile("\\[class,load\\] ([^ /]+)\\S* source:");

  @TempDir Path folder;

  @Test
  void groovyIsNeverLoadedForAYamlFile() throws Exception {
    Set<String> loaded = lint("examples/set-not-null.yaml");
    assertThat(beginning(loaded, "dev.pgrunbook.frontend.Yaml")).isNotEmpty();
    assertThat(beginning(loaded, "org.codehaus.groovy", "org.apache.groovy", "groovy")).isEmpty();
    assertThat(beginning(loaded, "dev.pgrunbook.frontend.groovy")).isEmpty();
    assertThat(beginning(loaded, "dev.pgrunbook.render.Yaml", "dev.pgrunbook.render.Groovy"))
        .isEmpty();
    nothingOfServersIsLoaded(loaded);
  }

  @Test
  void onlyGroovysParserIsLoadedForAGroovyFile() throws Exception {
    Set<String> loaded = lint("examples/groovy/resync-tables.groovy");
    assertThat(beginning(loaded, "dev.pgrunbook.frontend.groovy.GroovyParser")).isNotEmpty();
    assertThat(beginning(loaded, "org.yaml", "dev.pgrunbook.frontend.Yaml")).isEmpty();
    // What compiles, defines classes, looks methods up, or fetches from elsewhere.
    assertThat(loaded)
        .doesNotContain(
            "org.codehaus.groovy.control.CompilationUnit",
            "org.codehaus.groovy.classgen.AsmClassGenerator",
            "groovyjarjarasm.asm.ClassWriter",
            "groovy.lang.GroovyShell",
            "groovy.lang.GroovySystem",
            "groovy.lang.MetaClassImpl",
            "org.codehaus.groovy.runtime.metaclass.MetaClassRegistryImpl",
            "org.codehaus.groovy.reflection.ReflectionUtils",
            "groovy.grape.Grape");
    assertThat(beginning(loaded, "groovy.grape", "runbook")).isEmpty();
    nothingOfServersIsLoaded(loaded);
  }

  private static void nothingOfServersIsLoaded(Set<String> loaded) {
    assertThat(beginning(loaded, "org.postgresql", "com.zaxxer", "org.jline")).isEmpty();
    assertThat(beginning(loaded, "dev.pgrunbook.engine", "dev.pgrunbook.demo")).isEmpty();
  }

  private static Set<String> beginning(Set<String> names, String... beginnings) {
    Set<String> found = new TreeSet<>();
    for (String name : names) {
      for (String beginning : beginnings) {
        if (name.startsWith(beginning)) {
          found.add(name);
        }
      }
    }
    return found;
  }

  @Test
  void aDirectoryOfRunsLoadsNoDriver() throws Exception {
    Set<String> loaded = call("runs", "--all", "--store", folder.resolve("runs").toString());
    assertThat(beginning(loaded, "dev.pgrunbook.journal.FileRunStore")).isNotEmpty();
    assertThat(beginning(loaded, "dev.pgrunbook.journal.postgres", "dev.pgrunbook.database"))
        .isEmpty();
    nothingOfServersIsLoaded(loaded);
  }

  @Test
  void aRunLeavesTheJudgementToItsServer() throws Exception {
    Path runbook =
        Files.writeString(
            folder.resolve("waits.yaml"),
            """
            runbook: waits
            version: "1.0.0"
            title: Waits before its statement
            targets: {db: {}}
            steps:
              - {id: wait, gate: "Go on?"}
              - {id: write, target: db, sql: DELETE FROM t}
            """);
    String store = folder.resolve("runs").toString();
    String nobody = "db=postgresql://nobody@127.0.0.1:1/none";
    Set<String> loaded =
        call(ExitCode.PAUSED, "run", runbook.toString(), "--store", store, "--target", nobody);
    assertThat(beginning(loaded, "dev.pgrunbook.engine.Engine")).isNotEmpty();
    assertThat(beginning(loaded, "org.antlr", "org.pgcodekeeper")).isEmpty();
    assertThat(beginning(call("plan", "--offline", runbook.toString()), "org.antlr")).isNotEmpty();
  }

  private Set<String> lint(String file) throws IOException, InterruptedException {
    return call("lint", file);
  }

  private Set<String> call(String... words) throws IOException, InterruptedException {
    return call(ExitCode.DONE, words);
  }

  private Set<String> call(ExitCode expected, String... words)
      throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load=info:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pgrunbook.cli.Main"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "out.txt"))
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(expected.number());
    Set<String> loaded = new TreeSet<>();
    try (Stream<String> lines = Files.lines(log)) {
      lines.forEach(
          line -> LOADED.matcher(line).results().forEach(found -> loaded.add(found.group(1))));
    }
    assertThat(loaded).contains("java.lang.Object", "dev.pgrunbook.cli.Main");
    return loaded;
  }
}
