package dev.pgrunbook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.plan.PlannedStatement.Purpose;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a plan makes of the answers of databases. */
class PlannerTest {

  private static final String HEAD =
      """
      runbook: example
      version: "1.0.0"
      title: An example
      params:
        n: {type: integer, default: 1}
        password: {type: secret}
      targets: {db: {}}
      steps:
      """;

  private final RecordedFacts facts = new RecordedFacts();

  private static Runbook runbook(String steps) {
    String text = HEAD + "  " + steps.strip().replace("\n", "\n  ") + "\n";
    return Objects.requireNonNull(
            new RunbookLoader(new YamlFrontEnd())
                .load(new SourceFile("example.yaml", text), SourceResolver.none())
                .orNull(),
            () -> "unsound: " + text)
        .runbook();
  }

  private Plan plan(String steps) {
    return Planner.plan(runbook(steps), Map.of(), facts);
  }

  private static PlannedStep step(Plan plan, String id) {
    return plan.allSteps().stream()
        .filter(step -> step.step().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Deferred deferred(Plan plan, String id) {
    return (Deferred) step(plan, id).resolution();
  }

  private static List<String> executed(Plan plan, String id) {
    return step(plan, id).items().stream()
        .flatMap(item -> item.executed().stream())
        .map(PlannedStatement::display)
        .toList();
  }

  private static List<String> codes(Plan plan) {
    return plan.findings().stream().map(located -> located.finding().code()).toList();
  }

  @Test
  void whatAQuerySavesIsInTheStepsAfterIt() {
    facts.with("SELECT 'a' AS t", "t", Value.text("a"), Value.text("b"));
    Plan plan =
        plan(
            """
            - id: names
              target: db
              query: SELECT 'a' AS t
              save: names
            - id: drop
              target: db
              forEach: {name: names}
              sql: DROP TABLE :"name.t"
            """);
    assertThat(executed(plan, "drop")).containsExactly("DROP TABLE \"a\"", "DROP TABLE \"b\"");
    assertThat(step(plan, "drop").items()).hasSize(2);
    assertThat(PlanSummary.of(plan).destructive()).isEqualTo(2);
    assertThat(PlanSummary.of(plan).strongestLock()).isEqualTo("ACCESS EXCLUSIVE");
  }

  @Test
  void whatWaitsForAStepThatWaitsSaysForWhich() {
    facts.without("SELECT nextval('s') AS x", "it calls nextval");
    Plan plan =
        plan(
            """
            - id: first
              target: db
              query: SELECT nextval('s') AS x
              save: {x: x}
            - id: second
              target: db
              query: SELECT :x AS y
              save: {y: y}
            - id: third
              target: db
              sql: SELECT :y
            - id: fourth
              when: y > 1
              wait: 1s
            """);
    assertThat(deferred(plan, "first").reason()).isEqualTo("it calls nextval");
    assertThat(deferred(plan, "second").dependsOn()).containsExactly("first");
    assertThat(deferred(plan, "third").reason()).isEqualTo("it needs y, which second saves");
    assertThat(deferred(plan, "fourth").dependsOn()).containsExactly("second");
    assertThat(plan.hasErrors()).isFalse();
  }

  @Test
  void whatIsChangedFirstIsNotAsked() {
    facts.with("SELECT 1 FROM other", "x", Value.integer(1));
    Plan plan =
        plan(
            """
            - id: change
              target: db
              sql: UPDATE public.Orders SET a = 1 WHERE b = 2
            - id: read
              target: db
              check: SELECT count(*) = 0 FROM orders
            - id: read-other
              target: db
              query: SELECT 1 FROM other
            - id: alter
              target: db
              sql: ALTER TABLE t ADD COLUMN a int
            - id: read-catalog
              target: db
              check: SELECT true FROM pg_class
            - id: call
              target: db
              sql: SELECT f()
            - id: read-anything
              target: db
              check: SELECT true
            """);
    assertThat(deferred(plan, "read").reason()).isEqualTo("change changes public.Orders first");
    assertThat(step(plan, "read-other").resolution().isResolved()).isTrue();
    assertThat(deferred(plan, "read-catalog").dependsOn()).containsExactly("alter");
    assertThat(deferred(plan, "read-anything").reason())
        .isEqualTo("call runs first, and may change what it reads");
  }

  @Test
  void aViewOfWhatIsChangedIsNotBelieved() {
    facts
        .with("SELECT true FROM v", "x", Value.bool(false))
        .reading("SELECT true FROM v", "public.orders");
    Plan plan =
        plan(
            """
            - id: change
              target: db
              sql: DELETE FROM orders WHERE a = 1
            - id: read
              target: db
              check: SELECT true FROM v
            """);
    assertThat(deferred(plan, "read").dependsOn()).containsExactly("change");
    assertThat(plan.hasErrors()).isFalse();
  }

  @Test
  void whatWaitsOrIsDoneByAPersonMayChangeEverything() {
    Plan plan =
        plan(
            """
            - id: watch
              probe:
                every: 1s
                sources: {db: SELECT true AS done}
                until: done
            - id: after-watch
              target: db
              check: SELECT true
            """);
    assertThat(deferred(plan, "after-watch").reason()).isEqualTo("watch waits for a change first");
    Plan second =
        plan(
            """
            - id: promote
              manual: Promote the standby
            - id: promoted
              target: db
              check: SELECT NOT pg_is_in_recovery()
            """);
    assertThat(deferred(second, "promoted").dependsOn()).containsExactly("promote");
  }

  @Test
  void aCheckThatFailsIsAnErrorWithItsMessage() {
    facts.with("SELECT 'x' AS name", "name", Value.text("x"));
    Plan plan =
        plan(
            """
            - id: none
              target: db
              check: SELECT 'x' AS name
              expect: empty
              message: "${name} is in the way"
            """);
    Checked checked =
        (Checked) Objects.requireNonNull(step(plan, "none").items().get(0).observation());
    assertThat(checked.passed()).isFalse();
    assertThat(plan.findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.finding().code()).isEqualTo("check-failed");
              assertThat(found.finding().message()).isEqualTo("x is in the way");
            });
  }

  @Test
  void whatIsLeftOutSavesNull() {
    Plan plan =
        plan(
            """
            - id: never
              when: n > 5
              target: db
              query: SELECT 1 AS x
              save: {x: x}
            - id: also-never
              when: x != null
              wait: 1s
            """);
    assertThat(step(plan, "never").resolution()).isEqualTo(new Skipped("`when` is false: n > 5"));
    assertThat(step(plan, "also-never").resolution()).isInstanceOf(Skipped.class);
  }

  @Test
  void whatIsDoneAlreadyIsSkipped() {
    facts.with("SELECT true", "done", Value.bool(true));
    Plan plan =
        plan(
            """
            - id: once
              target: db
              unless: SELECT true
              sql: CREATE TABLE t (a int)
            """);
    assertThat(step(plan, "once").resolution())
        .isEqualTo(new Skipped("already done: `unless` is true"));
    assertThat(PlanSummary.of(plan).statements()).isZero();
  }

  @Test
  void stagesAreRunAndTheLastIsShown() {
    facts
        .with("SELECT 1", "q", Value.text("SELECT 2"), Value.text("SELECT 3"))
        .with("SELECT 2", "s", Value.text("DROP TABLE a"))
        .with("SELECT 3", "s", Value.text("DROP TABLE b;"));
    Plan plan =
        plan(
            """
            - id: make
              target: db
              stages: 2
              generate: SELECT 1
            """);
    assertThat(executed(plan, "make")).containsExactly("DROP TABLE a", "DROP TABLE b");
    assertThat(step(plan, "make").items().get(0).observation())
        .isEqualTo(new Observation.Generated(List.of(List.of("SELECT 2", "SELECT 3"))));
  }

  @Test
  void aStatementOnAStandbyIsAnError() {
    facts.onStandby();
    Plan plan =
        plan(
            """
            - id: write
              target: db
              sql: UPDATE t SET a = 1 WHERE b = 2
            """);
    assertThat(codes(plan)).contains("standby");
  }

  @Test
  void whatIsMissingNowMayBeMadeByAStepBefore() {
    Finding missing = Finding.error("undefined-object", "relation \"t\" does not exist");
    facts.refusing("INSERT INTO t VALUES (1)", missing).refusing("SELECT true FROM t", missing);
    String insert =
        """
        - id: insert
          target: db
          sql: INSERT INTO t VALUES (1)
        """;
    assertThat(plan(insert).hasErrors()).isTrue();
    Plan plan =
        plan(
            """
            - id: make
              target: db
              sql: CREATE TABLE t (a int)
            """
                + insert
                + """
                - id: read
                  target: db
                  check: SELECT true FROM t
                """);
    assertThat(plan.hasErrors()).isFalse();
    assertThat(codes(plan)).contains("not-checkable-yet");
  }

  @Test
  void stepsInsideAreNumberedAndPlannedForEveryItem() {
    Plan plan =
        plan(
            """
            - id: both
              forEach: {t: [a, b]}
              steps:
                - id: inner
                  target: db
                  sql: DROP TABLE :"t"
            """);
    assertThat(executed(plan, "inner")).containsExactly("DROP TABLE \"a\"");
    PlannedStep both = step(plan, "both");
    assertThat(both.nested()).extracting(PlannedStep::number).containsExactly("1.1", "1.1");
    assertThat(both.items()).extracting(PlannedItem::label).containsExactly("a", "b");
    assertThat(PlanSummary.of(plan).statements()).isEqualTo(2);
  }

  @Test
  void whatRunsOnlyIfSomethingGoesWrongIsShownAsOfNowAndBelievedOfNoRun() {
    facts.with("SELECT 1 AS x", "x", Value.integer(1));
    facts.with("SELECT false", "x", Value.bool(false));
    Plan plan =
        plan(
            """
            - id: only
              target: db
              query: SELECT 1 AS x
              timeout: 1s
              onTimeout:
                - id: late
                  target: db
                  check: SELECT false
            """);
    assertThat(deferred(plan, "late").reason()).isEqualTo("it runs only if only takes too long");
    assertThat(step(plan, "late").onlyIf()).isEqualTo("only takes too long");
    assertThat(step(plan, "late").items().get(0).findings().get(0).message())
        .startsWith("as of now: ");
    assertThat(step(plan, "only").onlyIf()).isNull();
    assertThat(plan.hasErrors()).isFalse();
  }

  @Test
  void theDigestCoversWhatWouldRunAndNoFacts() {
    String steps =
        """
        - id: names
          target: db
          query: SELECT 'a' AS t
          save: names
        - id: look
          target: db
          check: SELECT count(*) = :n FROM jsonb_to_recordset(:names) AS r(t text)
        - id: drop
          target: db
          sql: DROP TABLE t
        """;
    Runbook runbook = runbook(steps);
    RecordedFacts one = new RecordedFacts().with("SELECT 'a' AS t", "t", Value.text("a"));
    RecordedFacts two = new RecordedFacts().with("SELECT 'a' AS t", "t", Value.text("b"));
    one.with(
        "SELECT count(*) = 1 FROM jsonb_to_recordset('[{\"t\":\"a\"}]'::jsonb) AS r(t text)",
        "ok",
        Value.bool(true));
    two.with(
        "SELECT count(*) = 1 FROM jsonb_to_recordset('[{\"t\":\"b\"}]'::jsonb) AS r(t text)",
        "ok",
        Value.bool(true));
    Plan first = Planner.plan(runbook, Map.of(), one);
    assertThat(Planner.plan(runbook, Map.of(), one)).isEqualTo(first);
    assertThat(Planner.plan(runbook, Map.of(), two).digest()).isEqualTo(first.digest());
    Plan other = Planner.plan(runbook(steps.replace("TABLE t", "TABLE u")), Map.of(), one);
    assertThat(other.digest()).isNotEqualTo(first.digest());
    assertThat(Planner.plan(runbook, Map.of()).digest()).isNotEqualTo(first.digest());
  }

  @Test
  void aSecretThatADatabaseGivesBackIsNotShown() {
    Runbook runbook =
        runbook(
            """
            - id: ask
              target: db
              query: SELECT :password AS p
              save: rows
            - id: use
              target: db
              sql: SELECT :rows
            """);
    facts.with("SELECT '***' AS p", "p", Value.text("say hunter2"));
    Plan plan = Planner.plan(runbook, Map.of("password", new SecretValue("hunter2")), facts);
    assertThat(plan.toString()).doesNotContain("hunter2");
    assertThat(deferred(plan, "use").dependsOn()).containsExactly("ask");
    assertThat(step(plan, "ask").items().get(0).statements().get(0).purpose())
        .isEqualTo(Purpose.QUERY);
  }

  @Test
  void aGrammarJudgesWhereNoServerIsAboutTo() {
    Runbook runbook = runbook("- {id: typo, target: db, sql: DELETE FORM t}");
    PlannedStep shown = step(Planner.plan(runbook, Map.of()), "typo");
    assertThat(shown.items().get(0).statements().get(0).findings())
        .extracting(Finding::code)
        .contains("not-understood");
    PlannedStep run = step(Planner.planForRun(runbook, Map.of()), "typo");
    assertThat(run.items().get(0).statements().get(0).findings())
        .extracting(Finding::code)
        .doesNotContain("not-understood");
  }
}
