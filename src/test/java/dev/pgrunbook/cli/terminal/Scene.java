package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.engine.GeneratedStatements.Stage;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run that never was: a runbook, a clock that is set, and the events that would be told. */
final class Scene extends Clock {

  static final String RUN = "20260101-120000-resync-tables-0a1b";

  private static final String RUNBOOK =
      """
      runbook: pglogical/resync-tables
      version: "1.0.0"
      title: Resynchronise tables through pglogical
      params:
        tables: {type: "table[]", required: true}
        password: {type: secret}
      targets:
        publisher: {description: cred-model}
        subscriber: {description: cred-model-api-dev}
      steps:
        - id: no-foreign-keys
          title: No foreign key points at the tables
          target: subscriber
          check: SELECT true
        - id: sizes
          title: How large the tables are
          target: subscriber
          query: SELECT 1 AS one
        - id: remember-indexes
          title: Keep the definition of every index
          target: subscriber
          query: SELECT 1 AS one
          save: indexes
        - id: drop-indexes
          title: Drop the secondary indexes
          target: subscriber
          warning: Only indexes that no constraint and no replica identity needs are listed. Review them before you approve.
          tip: A COPY into a table without secondary indexes takes half the time.
          generate: SELECT 'DROP INDEX a'
          transaction: single
        - id: resync
          title: Truncate and copy
          target: subscriber
          forEach: {table: tables}
          confirm: "${table} on the subscriber will be truncated and copied again from the publisher."
          sql: SELECT pg_sleep(1)
          retry: {attempts: 3, delay: 3s, on: [lock_not_available]}
        - id: watch
          title: Follow the copy
          target: subscriber
          forEach: {table: tables}
          probe:
            every: 2s
            sources: {subscriber: "SELECT 'r' AS status, 1 AS done, 2 AS total"}
            progress: {done: done, total: total, unit: rows}
            until: status == 'r'
        - id: approve-cut-over
          title: Cut over
          gate: Both sides agree. Cut over now?
        - id: read-lag
          title: Read the lag
          manual: "Open the console and read the replication lag of cred-model."
          ask: {lag: integer, token: secret}
        - id: settle
          title: Let it settle
          wait: 10m
      """;

  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private long seq;
  private final RunState state = RunState.empty();
  private final List<String> tables;
  private final Runbook runbook;
  private final Plan plan;

  Scene() {
    this(List.of("public.\"Person\"", "public.\"Company Name\""));
  }

  Scene(List<String> tables) {
    this.tables = tables;
    Validated<LoadedRunbook> loaded =
        new RunbookLoader(new YamlFrontEnd())
            .load(new SourceFile("scene.yaml", RUNBOOK), SourceResolver.none());
    LoadedRunbook valid = loaded.orNull();
    if (valid == null) {
      throw new IllegalStateException(loaded.diagnostics().toString());
    }
    runbook = valid.runbook();
    plan = Planner.plan(runbook, arguments());
  }

  private Map<String, Value> arguments() {
    Map<String, Value> arguments = new LinkedHashMap<>();
    arguments.put("tables", new ListValue(tables.stream().map(Value::text).toList()));
    arguments.put("password", new Value.SecretValue("hunter2"));
    return arguments;
  }

  Plan plan() {
    return plan;
  }

  RunScope scope() {
    return RunScope.of(runbook, Map.of(), name -> Value.none());
  }

  Runbook runbook() {
    return runbook;
  }

  RunState state() {
    return state;
  }

  Step step(String id) {
    Step step = runbook.step(id);
    if (step == null) {
      throw new IllegalArgumentException(id);
    }
    return step;
  }

  Scene after(long millis) {
    now = now.plusMillis(millis);
    return this;
  }

  JournalRecord event(RunEvent event) {
    seq++;
    JournalRecord entry = new JournalRecord(seq, now, RUN, event);
    state.apply(entry);
    return entry;
  }

  JournalRecord started() {
    Map<String, Target> targets = new LinkedHashMap<>();
    targets.put("publisher", new Target("cred-model", "runbook@10.0.0.5:5432/cred_model"));
    targets.put("subscriber", new Target("cred-model-api-dev", "runbook@10.0.0.9:5432/cred_api"));
    return event(
        new RunStarted(
            runbook.name(),
            runbook.version(),
            "d1",
            null,
            arguments(),
            targets,
            "0.1.0",
            1,
            "alice",
            "ops-1",
            Map.of()));
  }

  ProbeSample sample(
      int item, long elapsedMillis, Double done, Double total, String status, long stalledMillis) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("total", total == null ? Value.none() : Value.integer(total.longValue()));
    values.put("status", Value.text(status));
    values.put("done", done == null ? Value.none() : Value.integer(done.longValue()));
    values.put("copied", Value.text("12 MB"));
    values.put("workers", Value.text("replicating"));
    return new ProbeSample(
        StepAddress.of("watch").item(item),
        tables.get(item - 1),
        now,
        Duration.ofMillis(elapsedMillis),
        done,
        total,
        "rows",
        values,
        false,
        Duration.ofMillis(stalledMillis));
  }

  Request.Review review() {
    return new Request.Review(
        StepAddress.of("drop-indexes"), step("drop-indexes"), "cred-model-api-dev", statements());
  }

  static GeneratedStatements statements() {
    return new GeneratedStatements(
        List.of(),
        List.of(
            drop("Person_age_idx", "16 kB", 120, "btree (age)"),
            drop("Person_name_lower_idx", "1204 MB", 3_000_123, "btree (lower(name))"),
            drop(
                "Person \u001b[31mred\u001b[0m idx", "8192 bytes", 7, "gin (tags) WHERE deleted")));
  }

  static GeneratedStatements staged() {
    return new GeneratedStatements(
        List.of(
            new Stage(List.of("SELECT format('INSERT INTO %s', t)\nFROM unnest(ARRAY['a']) AS t"))),
        List.of(
            new Generated(
                "INSERT INTO public.a (id, name)\nSELECT id, name FROM staging.a\nON CONFLICT DO NOTHING",
                new RowValue(Map.of())),
            new Generated("VACUUM public.a", new RowValue(Map.of()))));
  }

  private static Generated drop(String name, String size, long scans, String how) {
    Map<String, Value> columns = new LinkedHashMap<>();
    columns.put("table", Value.text("public.\"Person\""));
    columns.put("size", Value.text(size));
    columns.put("scans", Value.integer(scans));
    columns.put(
        "definition",
        Value.text("CREATE INDEX \"" + name + "\" ON public.\"Person\" USING " + how));
    return new Generated("DROP INDEX IF EXISTS public.\"" + name + "\"", new RowValue(columns));
  }

  static ServerError lockTimeout() {
    return new ServerError(
        "55P03",
        "lock_not_available",
        "canceling statement due to lock timeout",
        null,
        null,
        null,
        List.of(
            "pid 4242, user app, psql, idle in transaction, for 95 s: UPDATE \"Person\" SET a = 1"));
  }

  static Value indexes() {
    Map<String, Value> row = new LinkedHashMap<>();
    row.put("schema", Value.text("public"));
    row.put("name", Value.text("Person_age_idx"));
    row.put("size", Value.text("16 kB"));
    row.put(
        "definition",
        Value.text(
            "CREATE INDEX \"Person_age_idx\" ON public.\"Person\" USING btree (age, name, created_at DESC)"
                + " INCLUDE (id) WHERE (deleted_at IS NULL)"));
    row.put("kept", Value.none());
    return new ListValue(List.of(new RowValue(row)));
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
