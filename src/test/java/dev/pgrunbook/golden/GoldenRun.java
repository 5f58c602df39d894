package dev.pgrunbook.golden;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Rows.Column;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.engine.RunResult;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.golden.RunScript.Act;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.render.PlanRenderer;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value.ListValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One case: its databases, its run, and what is written down of it. */
final class GoldenRun {

  /** What differs from run to run. */
  private static final Set<String> DIFFERENT =
      Set.of(
          "transaction",
          "digest",
          "attachment",
          "backendPid",
          "until",
          "samples",
          "curve",
          "sources",
          "lsn",
          "program",
          "host");

  private static final Set<String> NOT_SHOWN = Set.of("seq", "at", "run");

  private final Path folder;
  private final RunbookRun run;
  private final RunScript script;
  private final Map<String, TestPostgres> databases = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private @Nullable Act current;
  private @Nullable Plan planned;

  GoldenRun(Path folder, TestPostgres server, Path store) throws IOException {
    this.folder = folder;
    this.run = RunbookRun.of(Files.readString(folder.resolve("runbook.yaml")), store);
    this.script = RunScript.parse(text("script.txt", "run"));
    for (TargetRole role : run.runbook().targets()) {
      TestPostgres database = server.newDatabase();
      databases.put(role.role(), database);
      run.on(role.role(), database);
    }
    run.runbook().allSteps().forEach(step -> run.answering(step.id(), this::answer));
    run.listening(new Notices());
    giveParameters();
    String setup = text("setup.sql", "");
    if (!setup.isBlank()) {
      first().execute(setup);
    }
  }

  private TestPostgres first() {
    return databases.values().iterator().next();
  }

  private String text(String file, String otherwise) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? Files.readString(path) : otherwise;
  }

  private void giveParameters() throws IOException {
    String text = text("params.yaml", "");
    if (text.isBlank()) {
      return;
    }
    SyntaxNode root = new YamlFrontEnd().parse(new SourceFile("params.yaml", text)).orNull();
    for (MappingNode.Entry entry : ((MappingNode) Objects.requireNonNull(root)).entries()) {
      List<SyntaxNode> values =
          entry.value() instanceof SequenceNode list ? list.items() : List.of(entry.value());
      run.with(
          entry.key().text(),
          values.stream().map(value -> ((ScalarNode) value).text()).toArray(String[]::new));
    }
  }

  private Decision answer(Request request) {
    String step = request.address().step();
    lines.addAll(shown(request));
    Deque<String> answers = Objects.requireNonNull(current).answers().get(step);
    if (answers != null && !answers.isEmpty()) {
      return ScriptedAnswer.read(answers.remove(), request);
    }
    boolean plain = request instanceof Request.Gate gate && gate.type() == null;
    return plain || request instanceof Request.Review
        ? new Decision.Approve(RunbookRun.OPERATOR, "--yes", null)
        : new Decision.Pause();
  }

  private static List<String> shown(Request request) {
    List<String> shown = new ArrayList<>();
    if (request instanceof Request.Review review) {
      shown.add("?? " + request.address() + " review, on " + review.target());
      review
          .statements()
          .statements()
          .forEach(each -> shown.add("??   " + each.sql() + "; " + each.columns().display()));
    } else if (request instanceof Request.InDoubt doubt) {
      shown.add("?? " + request.address() + " in doubt");
      doubt.statements().forEach(each -> shown.add("??   " + each));
      doubt.evidence().forEach(each -> shown.add("??   because " + each));
    }
    return shown;
  }

  /** Returns what its run would do, before anything is done, in some form. */
  String plan(PlanRenderer renderer) {
    planned = planned == null ? run.plan() : planned;
    return WrittenPlan.of(planned, renderer, List.copyOf(databases.values()));
  }

  /** Does all that the script says. */
  void carryOut() {
    for (Act act : script.acts()) {
      current = act;
      RunResult result =
          switch (act.command()) {
            case "run" -> run.run();
            case "resume" -> run.resume();
            case "abort" -> run.abort();
            case "sql" -> {
              first().execute(act.rest());
              yield null;
            }
            default -> throw new IllegalArgumentException(act.command());
          };
      if (result != null) {
        lines.add("=> " + result(result));
      }
      assertAnswered(act);
    }
  }

  private static void assertAnswered(Act act) {
    act.answers()
        .forEach(
            (step, left) -> {
              if (!left.isEmpty()) {
                throw new AssertionError(step + " was not asked for " + left);
              }
            });
  }

  private static String result(RunResult result) {
    if (result instanceof RunResult.Paused paused) {
      return "paused, " + paused.reason().word() + ": " + paused.message();
    }
    return ((RunResult.Ended) result).outcome().word();
  }

  /** Returns what was told, a line each, without what differs each time. */
  String events() {
    String text = String.join("\n", lines) + "\n";
    int number = 0;
    for (TestPostgres database : databases.values()) {
      number++;
      text = text.replace(database.database(), "database" + number);
    }
    return text.replace(run.id(), "RUN");
  }

  /** Returns the rows of the case's queries, or null when there are none. */
  @Nullable String verify() throws IOException {
    String queries = text("verify.sql", "");
    if (queries.isBlank()) {
      return null;
    }
    StringBuilder rows = new StringBuilder();
    for (String query : queries.split(";\\s*\\n", -1)) {
      if (!query.isBlank()) {
        rows.append("-- ").append(query.strip().lines().findFirst().orElseThrow()).append('\n');
        first().queryRows(query).forEach(row -> rows.append(join(row)).append('\n'));
      }
    }
    return rows.toString();
  }

  private static String join(List<@Nullable String> row) {
    return String.join(" | ", row.stream().map(cell -> cell == null ? "NULL" : cell).toList());
  }

  private static JsonElement plain(JsonElement json) {
    if (!json.isJsonObject()) {
      return json;
    }
    JsonObject kept = new JsonObject();
    for (Map.Entry<String, JsonElement> member : json.getAsJsonObject().entrySet()) {
      String name = member.getKey();
      if (DIFFERENT.contains(name)) {
        kept.add(name, new JsonPrimitive("…"));
      } else if (!NOT_SHOWN.contains(name)) {
        kept.add(name, plain(member.getValue()));
      }
    }
    return kept;
  }

  /** Writes down what listeners are told. */
  private final class Notices implements RunListener {

    @Override
    public void recorded(JournalRecord entry) {
      JsonObject object = EventJson.inline().write(entry);
      JsonElement plain = plain(object);
      lines.add(new GsonBuilder().disableHtmlEscaping().serializeNulls().create().toJson(plain));
    }

    @Override
    public void rows(StepAddress address, Step step, Rows rows) {
      List<String> columns = rows.columns().stream().map(Column::name).toList();
      lines.add("-- " + address + " rows: " + String.join(" | ", columns));
      rows.rows().forEach(row -> lines.add("--   " + new ListValue(row).display()));
    }

    @Override
    public void generated(StepAddress address, int stage, List<String> statements) {
      statements.forEach(each -> lines.add("-- " + address + " stage " + stage + ": " + each));
    }

    @Override
    public void notice(StepAddress address, String text) {
      lines.add("-- " + address + ": " + text);
    }
  }
}
