package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.syntax.SyntaxNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema says of every file what the loader says, as far as a schema can. */
class SchemaCommandTest {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final Path DIAGNOSTICS = RESOURCES.resolve("diagnostics");
  private static final Path PUBLISHED = Path.of("examples/editor/runbook.schema.json");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /** What a schema cannot know: other parts of the file, SQL, expressions, the calendar. */
  private static final Set<String> BEYOND =
      Set.of(
          "barred-from-transaction",
          "bound-in-utility",
          "clock-time",
          "conflicting-keys",
          "duplicate-id",
          "duplicate-name",
          "expression-syntax",
          "expression-type",
          "file-missing",
          "file-outside",
          "nested-parallel",
          "not-a-list",
          "one-statement",
          "parameter-default",
          "parameter-limits",
          "placeholder-type",
          "read-only",
          "read-only-target",
          "sql-interpolation",
          "sqlstate-name",
          "text-template",
          "transaction-control",
          "ungated-destruction",
          "unknown-member",
          "unknown-name",
          "unknown-target",
          "unsaved-variable",
          "unstated-zone",
          "unused-parameter",
          "unused-target",
          "version");

  /** Cases of other codes whose mistake is beyond a schema all the same. */
  private static final Set<String> BEYOND_CASES =
      Set.of("duration/every.yaml", "requires/malformed.yaml");

  @TempDir private Path folder;
  private String text = "";
  private Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema("{}");

  @BeforeEach
  void readSchema() {
    Caller caller = new Caller(folder);
    assertThat(caller.call("schema")).isEqualTo(ExitCode.DONE);
    assertThat(caller.err()).isEmpty();
    text = caller.out();
    schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
  }

  @Test
  void itIsASchemaItself() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}");
    assertThat(meta.validate(text, InputFormat.JSON)).isEmpty();
  }

  @Test
  void thePublishedCopyIsTheSame() throws IOException {
    if (UPDATE) {
      Files.writeString(PUBLISHED, text);
    }
    assertThat(PUBLISHED).hasContent(text);
    assertThat(UPDATE).as("written anew: look at it").isFalse();
  }

  @Test
  void whatLoadsIsValid() throws IOException {
    List<Path> files = new ArrayList<>(files(RESOURCES.resolve("golden")));
    files.addAll(files(RESOURCES.resolve("groovy/good")));
    files.addAll(files(Path.of("runbooks")));
    files.addAll(files(Path.of("examples")));
    files.removeIf(file -> file.endsWith("pgrunbook.yaml") || file.endsWith("params.yaml"));
    assertThat(files).hasSizeGreaterThan(80);
    for (Path file : files) {
      assertThat(mistakes(file)).as(file.toString()).isEmpty();
    }
  }

  @Test
  void mistakesOfStructureAreInvalidAndOthersAreNot() throws IOException {
    Set<String> wrong = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (Path file : files(DIAGNOSTICS)) {
      List<String> mistakes = mistakes(file);
      if (mistakes != null) {
        String code = file.getParent().getFileName().toString();
        String name = DIAGNOSTICS.relativize(file).toString();
        boolean beyond = BEYOND.contains(code) || BEYOND_CASES.contains(name);
        seen.addAll(List.of(code, name));
        if (mistakes.isEmpty() != beyond) {
          wrong.add(name + (beyond ? " is invalid: " + mistakes : " is valid"));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).containsAll(BEYOND).containsAll(BEYOND_CASES);
  }

  @Test
  void everyKeyIsDescribed() {
    JsonObject root = JsonParser.parseString(text).getAsJsonObject();
    List<String> bare = new ArrayList<>();
    for (String key : root.getAsJsonObject("properties").keySet()) {
      collect(root, "properties", key, bare);
    }
    root.getAsJsonObject("$defs")
        .asMap()
        .forEach(
            (name, definition) -> {
              JsonObject keys = definition.getAsJsonObject().getAsJsonObject("properties");
              if (keys != null) {
                keys.keySet()
                    .forEach(key -> collect(definition.getAsJsonObject(), name, key, bare));
              }
            });
    assertThat(bare).isEmpty();
  }

  private static void collect(JsonObject place, String name, String key, List<String> bare) {
    JsonObject property = place.getAsJsonObject("properties").getAsJsonObject(key);
    JsonElement reference = property.get("$ref");
    boolean elsewhere = reference != null && reference.getAsString().contains("every-step-");
    if (!property.has("description") && !elsewhere) {
      bare.add(name + "." + key);
    }
  }

  @Test
  void itTakesNoArguments() {
    Caller caller = new Caller(folder);
    assertThat(caller.call("schema", "runbook.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.out()).isEmpty();
    assertThat(caller.err()).contains("unexpected argument 'runbook.yaml'");
  }

  /** Returns what the schema finds wrong; null when the file is no YAML that an editor reads. */
  private @Nullable List<String> mistakes(Path file) {
    SourceFile source = SourceReader.read(file, file.toString()).orNull();
    SyntaxNode tree = source == null ? null : new YamlFrontEnd().parse(source).orNull();
    if (tree == null) {
      return null;
    }
    List<String> mistakes = new ArrayList<>();
    schema
        .validate(NodeJson.of(tree).toString(), InputFormat.JSON)
        .forEach(mistake -> mistakes.add(mistake.toString()));
    return mistakes;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
