package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What `convert` writes is the same runbook, and reads as if a person had written it. */
class ConvertCommandTest {

  private static final List<Path> ROOTS =
      List.of(
          Path.of("runbooks"),
          Path.of("examples"),
          Path.of("src/test/resources/golden"),
          Path.of("src/test/resources/groovy/good"),
          Path.of("src/test/resources/convert"));

  private static final String YAML =
      """
      # Above everything.

      runbook: kept
      version: "1.0.0" # goes up
      title: Kept
      # About the targets.
      targets:
        db: {description: The one}   # the only one

      steps:
        # Above a step,
        # in two lines.
        - id: look
          target: db
          # About the query.
          query: |
            SELECT 'it''s' AS a, -- not ours
                   1
          timeout: 5s # short
      # The end.
      """;

  private static final String GROOVY =
      """
      // Above everything.

      runbook('kept') {
          version '1.0.0' // goes up
          title 'Kept'

          // About the targets.
          target('db', description: 'The one') // the only one

          // Above a step,
          // in two lines.
          query('look') {
              target 'db'
              // About the query.
              sql '''
                  SELECT 'it''s' AS a, -- not ours
                         1
                  '''
              timeout '5s' // short
          }
      }
      // The end.
      """;

  @TempDir private Path folder;
  private Caller caller = new Caller(Path.of(""));

  @BeforeEach
  void call() {
    caller = new Caller(folder);
  }

  @TestFactory
  Stream<DynamicTest> thereAndBackAgainItIsTheSame() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path root : ROOTS) {
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(path -> path.toString().matches(".*\\.(yaml|groovy)"))
            .filter(path -> !path.getFileName().toString().matches("(pgrunbook|params)\\.yaml"))
            .filter(path -> !path.startsWith("examples/editor"))
            .sorted()
            .forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(120);
    return files.stream().map(file -> DynamicTest.dynamicTest(file.toString(), () -> trips(file)));
  }

  private static void trips(Path file) {
    SourceFile first = SourceReader.read(file, file.toString()).orNull();
    assertThat(first).isNotNull();
    SourceResolver files = SourceResolver.folder(file.toAbsolutePath().getParent(), "");
    Runbook runbook = load(first, files);
    Notation own = Notation.ofFile(first.name());
    assertThat(own).isNotNull();
    Notation other = own == Notation.YAML ? Notation.GROOVY : Notation.YAML;

    SourceFile there = converted(first, other);
    assertThat(load(there, files)).isEqualTo(runbook);
    SourceFile back = converted(there, own);
    assertThat(load(back, files)).isEqualTo(runbook);

    assertThat(converted(converted(back, other), own).text()).isEqualTo(back.text());
  }

  private static SourceFile converted(SourceFile file, Notation to) {
    return new SourceFile(to.rename(file.name()), to.write(file));
  }

  private static Runbook load(SourceFile file, SourceResolver files) {
    Notation notation = Notation.ofFile(file.name());
    assertThat(notation).isNotNull();
    Validated<LoadedRunbook> loaded = new RunbookLoader(notation.frontEnd()).load(file, files);
    LoadedRunbook runbook = loaded.orNull();
    assertThat(runbook)
        .as(() -> file.text() + loaded.diagnostics().stream().map(Diagnostic::message).toList())
        .isNotNull();
    return runbook.runbook();
  }

  @Test
  void yamlBecomesGroovyWithItsComments() {
    caller.file("kept.yaml", YAML);
    assertThat(caller.call("convert", "kept.yaml", "--to", "groovy")).isEqualTo(ExitCode.DONE);
    assertThat(caller.err()).isEmpty();
    assertThat(caller.out()).isEqualTo(GROOVY);
  }

  @Test
  void aLoopBecomesTheStepsThatItMakes() {
    caller.file(
        "counts.groovy",
        """
        runbook('counts') {
            version '1.0.0'
            title 'Counts'
            target 'db'
            /*
             * Each table
             * on its own.
             */
            for (table in ['a', 'b']) {
                query("count-${table}") { target 'db'; sql "SELECT count(*) FROM ${table}" }
            }
            always { wait('pause') { wait '1s' } }
            onFailure { gate('ask') { text 'Go on?'; when '!(1 == 2)' } }
        }
        """);
    assertThat(caller.call("convert", "counts.groovy", "--to", "yaml")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .isEqualTo(
            """
            runbook: counts
            version: "1.0.0"
            title: Counts

            targets:
              db: {}

            steps:
              # Each table
              # on its own.
              - id: count-a
                target: db
                query: SELECT count(*) FROM a

              - id: count-b
                target: db
                query: SELECT count(*) FROM b

            onFailure:
              - id: ask
                gate: Go on?
                when: "!(1 == 2)"

            finally:
              - id: pause
                wait: 1s
            """);
  }

  @Test
  void aNewFileIsWrittenAndAnOldOneIsLeftAlone() {
    caller.file("kept.yaml", YAML);
    String[] words = {"convert", "kept.yaml", "--to", "groovy", "--out", "kept.groovy"};
    assertThat(caller.call(words)).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEmpty();
    assertThat(caller.err()).isEqualTo("written: kept.groovy\n");
    assertThat(caller.text("kept.groovy")).isEqualTo(GROOVY);

    caller.file("kept.groovy", "mine");
    assertThat(caller.call(words)).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("kept.groovy is there already", "hint: remove it first");
    assertThat(caller.text("kept.groovy")).isEqualTo("mine");
  }

  @Test
  void filesOfSqlAreNotForgotten() {
    caller
        .file("sql/one.sql", "SELECT 1")
        .file("one.yaml", YAML.replaceAll("query: \\|\n.*\n.*\n", "query: {file: sql/one.sql}\n"));
    assertThat(caller.call("convert", "one.yaml", "--to", "groovy")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("sql(file: 'sql/one.sql')");
    assertThat(caller.call("convert", "one.yaml", "--to", "groovy", "--out", "one.groovy"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.err()).doesNotContain("SQL files");
    assertThat(caller.call("convert", "one.yaml", "--to", "groovy", "--out", "sql/one.groovy"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.err()).contains("the SQL files that it names are looked for beside it");
  }

  @Test
  void builtInsAreFoundByName() {
    assertThat(caller.call("convert", "pglogical/resync-tables", "--to", "groovy"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("runbook('pglogical/resync-tables') {");
  }

  @Test
  void mistakesAreToldAndNothingIsPrinted() {
    caller
        .file("kept.yaml", YAML)
        .file("kept.txt", YAML)
        .file("broken.yaml", YAML.replace("title:", "titel:"))
        .file("broken.groovy", "runbook('x') { version '1.0.0' ");
    refused("the option --to takes yaml|groovy.", "kept.yaml");
    refused("FILE is missing.", "--to", "groovy");
    refused("--to is yaml or groovy, not \"json\"", "kept.yaml", "--to", "json");
    refused("kept.yaml is written so already", "kept.yaml", "--to", "yaml");
    refused("error[unknown-key]: unknown key \"titel\"", "broken.yaml", "--to", "groovy");
    refused("error[groovy-syntax]", "broken.groovy", "--to", "yaml");
    refused("error[file-missing]", "nowhere.yaml", "--to", "groovy");
    refused("error[unknown-runbook]", "nowhere", "--to", "groovy");
    refused("unexpected argument 'b.yaml'", "kept.yaml", "b.yaml", "--to", "groovy");
    refused(
        "--out kept.yml would not be read as groovy",
        "kept.yaml",
        "--to",
        "groovy",
        "--out",
        "kept.yml");
    refused(
        "no/where.groovy cannot be written",
        "kept.yaml",
        "--to",
        "groovy",
        "--out",
        "no/where.groovy");
  }

  private void refused(String sentence, String... words) {
    List<String> all = new ArrayList<>(List.of("convert"));
    all.addAll(List.of(words));
    assertThat(caller.call(all.toArray(new String[0]))).isEqualTo(ExitCode.INVALID);
    assertThat(caller.out()).isEmpty();
    assertThat(caller.err()).contains(sentence).doesNotContain("\tat ");
  }

  @Test
  void whatTheOtherSpellingCannotHoldIsRefused() {
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      steps.append("  - {id: s").append(i).append(", wait: 1s}\n");
    }
    caller.file("long.yaml", "runbook: long\nversion: \"1.0.0\"\ntitle: Long\nsteps:\n" + steps);
    refused(
        "long.yaml cannot be written as groovy: the runbook has more than 500 steps",
        "long.yaml",
        "--to",
        "groovy");
  }
}
