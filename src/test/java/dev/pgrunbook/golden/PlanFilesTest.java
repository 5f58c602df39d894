package dev.pgrunbook.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgrunbook.frontend.FrontEnd;
import dev.pgrunbook.frontend.GroovyFrontEnd;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.render.GroovyWriter;
import dev.pgrunbook.render.PlanJson;
import dev.pgrunbook.render.PlanMarkdown;
import dev.pgrunbook.render.PlanRenderer;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.testing.Golden;
import dev.pgrunbook.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plans without a database: both spellings give the same bytes, every built-in and every example
 * has one that somebody has looked at, and all that is written keeps to its schema.
 */
class PlanFilesTest {

  private static final Path CASES = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final FrontEnd YAML = new YamlFrontEnd();
  private static final PlanRenderer MARKDOWN = new PlanMarkdown();
  private static final PlanRenderer JSON = new PlanJson();
  private static final Path PUBLISHED = Path.of("examples/editor/plan.schema.json");

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(PlanJson.schema());

  @TestFactory
  Stream<DynamicTest> bothSpellingsGiveTheSamePlan() throws IOException {
    List<Path> files = files(CASES, "runbook.yaml");
    assertThat(files).hasSizeGreaterThan(50);
    return files.stream().map(file -> DynamicTest.dynamicTest(file.toString(), () -> same(file)));
  }

  private static void same(Path yaml) throws IOException {
    Path groovy = yaml.resolveSibling("runbook.groovy");
    if (UPDATE) {
      YamlFrontEnd frontEnd = new YamlFrontEnd();
      SourceFile source = SourceReader.read(yaml, yaml.toString()).orNull();
      assertThat(source).isNotNull();
      MappingNode tree = (MappingNode) frontEnd.parse(source).orNull();
      assertThat(tree).isNotNull();
      Files.writeString(groovy, GroovyWriter.write(tree, frontEnd.comments(source)));
    }
    assertThat(json(groovy, new GroovyFrontEnd())).isEqualTo(json(yaml, new YamlFrontEnd()));
  }

  @TestFactory
  Stream<DynamicTest> everyBuiltInAndEveryExampleHasAPlan() throws IOException {
    List<Path> runbooks = new ArrayList<>();
    for (Path root : List.of(Path.of("runbooks"), Path.of("examples"))) {
      for (Path file : files(root, ".yaml")) {
        boolean runbook = Files.readString(file).lines().anyMatch(l -> l.startsWith("runbook:"));
        if (runbook) {
          runbooks.add(file);
        }
      }
    }
    assertThat(runbooks).hasSizeGreaterThanOrEqualTo(6);
    return runbooks.stream()
        .flatMap(
            file ->
                Stream.of(
                    DynamicTest.dynamicTest(file + ".md", () -> kept(file, ".md", MARKDOWN)),
                    DynamicTest.dynamicTest(file + ".json", () -> kept(file, ".json", JSON))));
  }

  private static void kept(Path file, String ending, PlanRenderer renderer) {
    Plan plan = plan(file, new YamlFrontEnd());
    String name = "plans/" + plan.runbook().name().replace('/', '-') + ending;
    Golden.check(name, WrittenPlan.of(plan, renderer, List.of()).lines().toList());
  }

  @Test
  void theReadmeShowsARealStep() throws IOException {
    String plan = MARKDOWN.render(List.of(plan(Path.of("examples/set-not-null.yaml"), YAML)));
    int start = plan.indexOf("<details><summary><code>4</code>");
    String end = "</details>";
    String step = plan.substring(start, plan.indexOf(end, start) + end.length());
    Path readme = Path.of("README.md");
    String text = Files.readString(readme);
    String before = text.substring(0, text.indexOf("<!-- plan -->\n") + 14);
    String expected = before + step + text.substring(text.indexOf("\n<!-- /plan -->"));
    if (UPDATE) {
      Files.writeString(readme, expected);
    }
    assertThat(text).isEqualTo(expected);
  }

  @Test
  void everyPlanKeepsToTheSchema() throws IOException {
    List<Path> plans = files(Path.of("src/test/resources/plans"), ".json");
    plans.addAll(files(CASES, "plan.json"));
    assertThat(plans).hasSizeGreaterThan(50);
    for (Path plan : plans) {
      assertThat(schema.validate(Files.readString(plan), InputFormat.JSON))
          .as("%s", plan)
          .isEmpty();
    }
  }

  @Test
  void theSchemaRefusesWhatIsNoPlan() throws IOException {
    String plan = Files.readString(CASES.resolve("generate/plan.json"));
    assertThat(schema.validate(plan, InputFormat.JSON)).isEmpty();
    for (String broken :
        List.of(
            "{}",
            plan.replace("\"version\": 1,", "\"version\": 2,"),
            plan.replace("\"resolved\"", "\"known\""),
            plan.replace("\"destructive\"", "\"distructive\""),
            plan.replaceFirst("\"digest\": \"0", "\"digest\": \"x"))) {
      assertThat(broken).isNotEqualTo(plan);
      assertThat(schema.validate(broken, InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  void theSchemaIsOneItselfAndPublished() throws IOException {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}");
    assertThat(meta.validate(PlanJson.schema(), InputFormat.JSON)).isEmpty();
    if (UPDATE) {
      Files.writeString(PUBLISHED, PlanJson.schema());
    }
    assertThat(PUBLISHED).hasContent(PlanJson.schema());
  }

  private static String json(Path file, FrontEnd frontEnd) {
    return new PlanJson().render(List.of(plan(file, frontEnd)));
  }

  /** Parameters without a value take their examples. */
  private static Plan plan(Path file, FrontEnd frontEnd) {
    Validated<LoadedRunbook> loaded = new RunbookLoader(frontEnd).load(file, file.toString());
    LoadedRunbook sound = loaded.orNull();
    assertThat(sound).as("%s: %s", file, loaded.diagnostics()).isNotNull();
    Runbook runbook = sound.runbook();
    Map<String, Value> arguments = new LinkedHashMap<>();
    for (Parameter parameter : runbook.parameters()) {
      if (parameter.required() && parameter.example() != null) {
        arguments.put(parameter.name(), parameter.example());
      }
    }
    return Planner.plan(runbook, arguments);
  }

  private static List<Path> files(Path root, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return new ArrayList<>(
          walk.filter(path -> path.toString().endsWith(suffix)).sorted().toList());
    }
  }
}
