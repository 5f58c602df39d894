package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.render.PlanMarkdown;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples for build servers are what those understand, and do what their comments say. */
@ExtendWith(PostgresExtension.class)
class CiExamplesTest {

  private static final Path EXAMPLES = Path.of("examples/ci");
  private static final String GITHUB = "github-actions.yml";
  private static final String GITLAB = "gitlab-ci.yml";
  private static final int COMMENT_LIMIT = 60_000;

  private static final String RUNBOOK =
      """
      runbook: %s
      version: "1.0.0"
      title: Small
      targets: {db: {}}
      steps:
        - {id: look, target: db, check: SELECT true}
        - id: change
          target: db
          sql: %s
      """;

  @TempDir private Path folder;
  private BuildServer server;

  @BeforeEach
  void writeRepository() throws Exception {
    server = new BuildServer(folder);
    server
        .file("runbooks/one.yaml", RUNBOOK.formatted("one", "UPDATE t SET a = 1 WHERE a = 0"))
        .file("runbooks/two.yaml", RUNBOOK.formatted("two", "UPDATE t SET a = 2 WHERE a = 0"))
        .file("pgrunbook.yaml", "connections: {}\n")
        .commit("first")
        .git("branch", "origin/main")
        .file("runbooks/two.yaml", RUNBOOK.formatted("two", "UPDATE t SET a = 22 WHERE a = 0"))
        .commit("two");
  }

  @ParameterizedTest
  @CsvSource({"github-actions.yml, github-workflow.json", "gitlab-ci.yml, gitlab-ci.json"})
  void theyFollowThePublishedSchemas(String example, String published) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Files.readString(Path.of("src/test/resources/schemas", published)));
    JsonObject file = read(example);
    assertThat(schema.validate(file.toString(), InputFormat.JSON)).isEmpty();

    for (String broken : List.of("\"runs-on\":", "\"expose_as\":", "\"contents\":")) {
      String text = file.toString().replace(broken, "\"bogus\":");
      boolean changed = !text.equals(file.toString());
      assertThat(schema.validate(text, InputFormat.JSON).isEmpty())
          .as(broken)
          .isNotEqualTo(changed);
    }
  }

  @Test
  void everyCommandIsOneThatTheProgramUnderstands() throws IOException {
    int commands = 0;
    for (String file : List.of(GITHUB, GITLAB, "README.md")) {
      String text = Files.readString(EXAMPLES.resolve(file));
      Pattern call = Pattern.compile("(?m)^ *(pgrunbook [^\n]*?)(?: *(?:>|\\|\\||#)[^\n]*)?$");
      for (MatchResult found : call.matcher(text).results().toList()) {
        for (String mode : List.of("", "--offline")) {
          String line = found.group(1).replace("$mode", mode).replaceAll("\"\\$[^\"]*\"", "value");
          List<String> words = words(line);
          CommandName name = CommandName.of(words.get(1));
          assertThat(name).as(line).isNotNull();
          Usage.commandLine(name, name.create())
              .parseArgs(words.subList(2, words.size()).toArray(new String[0]));
        }
        commands++;
      }
    }
    assertThat(commands).isEqualTo(9);
  }

  private static List<String> words(String line) {
    return Pattern.compile("\"([^\"]*)\"|(\\S+)")
        .matcher(line)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  @Test
  void nobodyGetsMoreRightsThanItNeeds() throws IOException {
    JsonObject workflow = read(GITHUB);
    assertThat(workflow.getAsJsonObject("permissions").size()).isZero();
    JsonObject jobs = workflow.getAsJsonObject("jobs");
    assertThat(jobs.getAsJsonObject("lint").getAsJsonObject("permissions"))
        .hasToString("{\"contents\":\"read\",\"security-events\":\"write\"}");
    assertThat(jobs.getAsJsonObject("plan").getAsJsonObject("permissions"))
        .hasToString("{\"contents\":\"read\",\"pull-requests\":\"write\"}");
    assertThat(jobs.getAsJsonObject("lint").toString()).doesNotContain("secrets.");
    assertThat(workflow.getAsJsonObject("on").keySet()).containsExactly("pull_request", "push");
    for (JsonElement step : steps("plan")) {
      boolean plan = step.getAsJsonObject().toString().contains("\"name\":\"Plan\"");
      assertThat(step.toString().contains("secrets.")).isEqualTo(plan);
    }
  }

  @Test
  void onGitHubAForkIsPlannedOffline() throws Exception {
    for (int i = 0; i < 60; i++) {
      String sql = "SELECT '" + "x".repeat(1_500) + "'";
      server.file("runbooks/many/m" + i + ".yaml", RUNBOOK.formatted("many/m" + i, sql));
    }
    server.commit("many");

    assertThat(server.bash(script("lint", "Lint"), Map.of())).as(server.said()).isZero();
    JsonObject sarif = JsonParser.parseString(server.text("lint.sarif")).getAsJsonObject();
    assertThat(sarif.get("version").getAsString()).isEqualTo("2.1.0");

    assertThat(server.bash(script("plan", "Plan"), planning(""))).as(server.said()).isZero();
    String comment = server.text("plan.md");
    assertThat(comment).startsWith(PlanMarkdown.MARKER).contains("| two 1.0.0 |", "a = 22");
    assertThat(comment).contains("Plan of 61 runbooks").doesNotContain("| one 1.0.0 |");
    assertThat(comment.length()).isLessThan(COMMENT_LIMIT);
    assertThat(server.text("plan.html").length()).isGreaterThan(2 * COMMENT_LIMIT);
    assertThat(server.text("plan.json")).contains("\"connected\": false");
    assertThat(server.text("summary.md")).isEqualTo(comment);
  }

  @Test
  void onGitHubABranchIsPlannedAgainstStagingAndAFailedCheckIsCommentedOn(TestPostgres db)
      throws Exception {
    db.execute("CREATE TABLE t (a int)");
    server.file("pgrunbook.yaml", staging(db));

    assertThat(server.bash(script("plan", "Plan"), planning(password(db))))
        .as(server.said())
        .isZero();
    assertThat(server.text("plan.json")).contains("\"connected\": true");
    assertThat(server.comment(comment())).containsExactly("create " + head());
    assertThat(server.comment(comment(), other("1", "User", "so so"), mine("2")))
        .containsExactly("update 2 " + head());
    assertThat(server.comment(comment(), other("1", "User", PlanMarkdown.MARKER)))
        .as("a person's comment with the marker is left alone")
        .containsExactly("create " + head());

    String failing = server.text("runbooks/two.yaml").replace("SELECT true", "SELECT false");
    server.file("runbooks/two.yaml", failing);
    assertThat(server.bash(script("plan", "Plan"), planning(password(db)))).isEqualTo(1);
    assertThat(server.text("plan.md")).contains("look");
    assertThat(server.text("plan.html")).contains("look");

    server.file("runbooks/two.yaml", failing.replace("steps:", "stesp:"));
    assertThat(server.bash(script("plan", "Plan"), planning(password(db)))).isEqualTo(2);
    assertThat(server.bash(script("lint", "Lint"), Map.of())).isEqualTo(1);
    assertThat(server.text("lint.sarif")).contains("\"uri\": \"runbooks/two.yaml\"");
  }

  @Test
  void onGitLabTheSameIsPlannedAndOneNoteKept(TestPostgres db) throws Exception {
    db.execute("CREATE TABLE t (a int)");
    server.file("pgrunbook.yaml", staging(db));
    String unused = RUNBOOK.formatted("three", "SELECT 1") + "params: {spare: {default: x}}\n";
    server.file("runbooks/three.yaml", unused).commit("three");
    try (NotesStandIn notes = new NotesStandIn()) {
      Map<String, String> variables = merging(notes, password(db), "token");
      assertThat(server.bash(gitLab("script"), variables)).as(server.said()).isZero();
      assertThat(server.text("plan.md")).contains("Plan of 2 runbooks", "PostgreSQL ");
      JsonArray findings = JsonParser.parseString(server.text("findings.json")).getAsJsonArray();
      assertThat(findings).hasSize(1);
      assertThat(findings.get(0).toString()).contains("\"path\":\"runbooks/three.yaml\"", "minor");

      assertThat(server.bash(gitLab("after_script"), variables)).as(server.said()).isZero();
      assertThat(server.bash(gitLab("after_script"), variables)).as(server.said()).isZero();
      assertThat(notes.written()).containsExactly("POST 200", "PUT 200");
      assertThat(notes.body(200)).isEqualTo(server.text("plan.md"));

      assertThat(server.bash(gitLab("script"), merging(notes, "", ""))).isZero();
      assertThat(server.text("plan.md")).contains("without a database");
      assertThat(server.bash(gitLab("after_script"), merging(notes, "", ""))).isZero();
      assertThat(notes.written()).as("a fork has no token").hasSize(2);
    }
  }

  /** The password is the job's secret. */
  private static String staging(TestPostgres db) {
    return """
        connections:
          staging: {url: "%s", password: {env: STAGING_PASSWORD}}
        environments:
          staging: {db: staging}
        """
        .formatted(db.uri().replace(":" + password(db) + "@", "@"));
  }

  private static String password(TestPostgres db) {
    return db.uri().replaceFirst("^.*://[^:@/]*:([^@]*)@.*$", "$1");
  }

  private Map<String, String> planning(String password) {
    return Map.of(
        "BASE",
        "origin/main",
        "STAGING_PASSWORD",
        password,
        "GITHUB_STEP_SUMMARY",
        folder.resolve("summary.md").toString());
  }

  private Map<String, String> merging(NotesStandIn notes, String password, String token) {
    return Map.of(
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
        "origin/main",
        "CI_API_V4_URL",
        notes.address(),
        "CI_PROJECT_ID",
        "3",
        "CI_MERGE_REQUEST_IID",
        "4",
        "STAGING_PASSWORD",
        password,
        "COMMENT_TOKEN",
        token);
  }

  private static String gitLab(String part) throws IOException {
    List<String> lines = new ArrayList<>();
    read(GITLAB)
        .getAsJsonObject("runbooks")
        .getAsJsonArray(part)
        .forEach(line -> lines.add(line.getAsString()));
    return String.join("\n", lines);
  }

  private static JsonArray steps(String job) throws IOException {
    return read(GITHUB).getAsJsonObject("jobs").getAsJsonObject(job).getAsJsonArray("steps");
  }

  private static JsonObject step(String job, String name) throws IOException {
    for (JsonElement step : steps(job)) {
      JsonElement called = step.getAsJsonObject().get("name");
      if (called != null && called.getAsString().equals(name)) {
        return step.getAsJsonObject();
      }
    }
    throw new AssertionError("no step " + name);
  }

  private static String script(String job, String name) throws IOException {
    return step(job, name).get("run").getAsString();
  }

  private static String comment() throws IOException {
    return step("plan", "Comment").getAsJsonObject("with").get("script").getAsString();
  }

  private String head() {
    return server.text("plan.md").lines().findFirst().orElseThrow();
  }

  private static String mine(String id) {
    return other(id, "Bot", PlanMarkdown.MARKER + "\\nof the last push");
  }

  private static String other(String id, String type, String body) {
    return "{id: " + id + ", user: {type: '" + type + "'}, body: '" + body + "'}";
  }

  private static JsonObject read(String example) throws IOException {
    SourceFile file = new SourceFile(example, Files.readString(EXAMPLES.resolve(example)));
    return NodeJson.of(new YamlFrontEnd().parse(file).orNull()).getAsJsonObject();
  }
}
