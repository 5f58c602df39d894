package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.engine.MortalJournal.Death;
import dev.pgrunbook.engine.MortalJournal.Moment;
import dev.pgrunbook.journal.FileRunStore;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run with every kind of step ends the same wherever its process dies: {@code log} has a row for
 * each statement that took effect.
 */
@ExtendWith(PostgresExtension.class)
class ExactlyOnceTest {

  private static final String TABLES = "CREATE TABLE log (what text, x bigint)";

  private static final String EVERY_KIND =
      """
      runbook: test/every-kind
      version: "1.0.0"
      title: Every kind
      targets: {db: {}}
      steps:
        - {id: rows, target: db, query: "SELECT n, n * 1.50 AS m FROM generate_series(1, 2) AS n", save: rows}
        - id: each
          target: db
          sql: |
            INSERT INTO log VALUES ('each 1', 0);
            INSERT INTO log VALUES ('each 2', 2.0 / 3 * 3) RETURNING x, 0.5::numeric AS half, 7::numeric AS seven
          save: {x: x, half: half, seven: seven}
        - {id: skipped, when: "x == 99", target: db, query: "SELECT 1 AS n", save: nothing}
        - id: single
          target: db
          transaction: single
          confirm: Sure?
          sql: |
            INSERT INTO log VALUES ('single 1', :x);
            INSERT INTO log VALUES ('single 2', :half * 2 + :seven)
        - id: alone
          target: db
          transaction: none
          sql: INSERT INTO log VALUES ('alone', 0)
          verify: SELECT count(*) > 0 FROM log WHERE what = 'alone'
        - id: generated
          target: db
          generate: |
            SELECT format('INSERT INTO log VALUES (%L, (SELECT count(*) FROM log))', 'generated ' || n), n
            FROM jsonb_to_recordset(:rows) AS r(n int) WHERE (SELECT count(*) FROM log) < 6
          save: done
        - {id: check, target: db, check: "SELECT count(*) = 7 FROM log"}
        - {id: gate, gate: "Go on?"}
        - {id: probe, probe: {every: 100ms, sources: {db: "SELECT count(*) AS n FROM log"}, until: n == 7}}
        - {id: manual, manual: "Read it", ask: {meter: integer}}
        - {id: wait, wait: 1ms}
        - id: group
          forEach: {row: rows}
          steps:
            - {id: inner, target: db, sql: "INSERT INTO log VALUES ('inner ' || :row.n, :meter)"}
        - {id: items, forEach: {n: [1, 2]}, unless: "SELECT :n = 2", target: db, query: "SELECT count(*) AS c FROM log WHERE :n > 0", save: counts}
      finally:
        - {id: last, target: db, sql: "INSERT INTO log VALUES ('last', jsonb_array_length(:counts))"}
      """;

  private static final String FAILING =
      """
      runbook: test/failing
      version: "1.0.0"
      title: Fails
      targets: {db: {}}
      steps:
        - {id: first, target: db, sql: "INSERT INTO log VALUES ('first', 0) RETURNING what", save: {first: what}}
        - id: group
          steps:
            - {id: slow, timeout: 50ms, target: db, sql: "SELECT pg_sleep(60)", onTimeout: [{id: instead, target: db, sql: "INSERT INTO log VALUES ('instead', 0)"}]}
        - {id: fails, target: db, check: "SELECT false"}
        - {id: never, target: db, sql: "INSERT INTO log VALUES ('never', 0)"}
      onFailure:
        - {id: repair, target: db, sql: "INSERT INTO log VALUES ('repair', length(:first))"}
        - {id: hopeless, target: db, check: "SELECT false"}
      finally:
        - {id: tidy, target: db, sql: "INSERT INTO log VALUES ('tidy', 0)"}
        - {id: tidier, target: db, sql: "INSERT INTO log VALUES ('tidier', 0)"}
      """;

  private static final String SIDE_BY_SIDE =
      """
      runbook: test/side-by-side
      version: "1.0.0"
      title: Side by side
      targets: {db: {}}
      steps:
        - id: items
          forEach: {n: [1, 2, 3, 4, 5], parallel: 3}
          when: n != 4
          unless: SELECT count(*) > 0 FROM log WHERE what = 'done before' AND x = :n
          target: db
          sql: |
            INSERT INTO log VALUES ('items 1', :n);
            INSERT INTO log VALUES ('items 2', :n) RETURNING x, x * 10 AS ten
          save: rows
        - id: single
          forEach: {row: rows, parallel: 4}
          target: db
          transaction: single
          sql: |
            INSERT INTO log VALUES ('single 1', :row.x);
            INSERT INTO log VALUES ('single 2', :row.ten) RETURNING x
          save: {tens: x}
          verify: SELECT count(*) = 1 FROM log WHERE what = 'single 2' AND x = :row.ten
        - id: group
          parallel: 3
          steps:
            - {id: alone, target: db, transaction: none, sql: "INSERT INTO log VALUES ('alone', 0)", verify: "SELECT count(*) > 0 FROM log WHERE what = 'alone'"}
            - id: generated
              target: db
              generate: SELECT format('INSERT INTO log VALUES (%L, %s)', 'generated', n) AS s FROM generate_series(1, 3) AS n
              save: done
            - id: nested
              steps:
                - {id: read, target: db, query: "SELECT count(*) AS c FROM log WHERE what = 'items 1'", save: {c: c}}
                - {id: write, target: db, sql: "INSERT INTO log VALUES ('nested', :c)"}
            - {id: asked, gate: "Go on?"}
      finally:
        - {id: last, target: db, sql: "INSERT INTO log SELECT 'last', sum(t::int) FROM jsonb_array_elements_text(:tens) AS t"}
      """;

  @TempDir private Path directory;
  private TestPostgres postgres;

  @BeforeEach
  void tables(TestPostgres fresh) {
    postgres = fresh;
    postgres.execute(TABLES);
  }

  /** Returns the store that runs are kept in. */
  RunStore store() {
    return new FileRunStore(directory, Clock.systemUTC(), RunbookRun.OPERATOR);
  }

  /** Returns how many records lie between two deaths that are tried. */
  int stride() {
    return 1;
  }

  /** What a run leaves behind. */
  private record Left(List<List<@Nullable String>> log, Map<String, Value> variables) {}

  private RunbookRun run(String runbook) {
    postgres.execute("TRUNCATE log");
    return RunbookRun.of(runbook, store())
        .on("db", postgres)
        .answering(
            "manual",
            request -> new Decision.Answer(RunbookRun.OPERATOR, Map.of("meter", Value.integer(5))));
  }

  private Left left(RunbookRun run) {
    Map<String, Value> variables = new TreeMap<>();
    run.state().variables().forEach(name -> variables.put(name, run.variable(name)));
    return new Left(postgres.queryRows("SELECT what, x FROM log ORDER BY what, x"), variables);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void everyKindOfStepSurvivesDeathAtEveryRecord(Moment moment) {
    RunbookRun whole = run(EVERY_KIND);
    assertThat(whole.run()).isEqualTo(RunbookRun.DONE);
    Left expected = left(whole);
    assertThat(expected.log()).hasSize(10);
    int records = whole.journal().size();
    for (int append = 2; append <= records; append += stride()) {
      RunbookRun mortal = run(EVERY_KIND);
      dieAt(mortal, append, moment);
      assertThat(mortal.resume()).as("death at %s", append).isEqualTo(RunbookRun.DONE);
      assertThat(left(mortal)).as("death at %s", append).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void theBlocksAfterAFailureSurviveDeathAtEveryRecord(Moment moment) {
    RunbookRun whole = run(FAILING);
    assertThat(whole.run()).isEqualTo(RunbookRun.FAILED);
    Left expected = left(whole);
    assertThat(expected.log()).hasSize(5);
    int records = whole.journal().size();
    for (int append = 2; append < records; append += stride()) {
      RunbookRun mortal = run(FAILING);
      dieAt(mortal, append, moment);
      assertThat(mortal.resume()).as("death at %s", append).isEqualTo(RunbookRun.FAILED);
      assertThat(left(mortal)).as("death at %s", append).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void whatRunsSideBySideSurvivesDeathAtEveryRecord(Moment moment) {
    RunbookRun whole = run(SIDE_BY_SIDE);
    assertThat(whole.run()).as("%s", whole.told().failures()).isEqualTo(RunbookRun.DONE);
    Left expected = left(whole);
    assertThat(expected.log()).hasSize(4 * 2 + 4 * 2 + 1 + 3 + 1 + 1);
    int records = whole.journal().size();
    for (int append = 2; append <= records; append += stride()) {
      RunbookRun mortal = run(SIDE_BY_SIDE);
      dieAt(mortal, append, moment);
      assertThat(mortal.resume()).as("death at %s", append).isEqualTo(RunbookRun.DONE);
      assertThat(left(mortal)).as("death at %s", append).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void aRunWhoseEveryProcessDiesEndsAllTheSame(Moment moment) {
    RunbookRun whole = run(EVERY_KIND);
    whole.run();
    Left expected = left(whole);
    RunbookRun mortal = run(EVERY_KIND);
    dieAt(mortal, 7, moment);
    mortal.through(journal -> new MortalJournal(journal, 7, moment));
    RunResult result = null;
    for (int process = 0; result == null && process < 100; process++) {
      try {
        result = mortal.resume();
      } catch (Death again) {
        assertThat(mortal.state().outcome()).isNull();
      }
    }
    assertThat(result).isEqualTo(RunbookRun.DONE);
    assertThat(left(mortal)).isEqualTo(expected);
  }

  @Test
  void whatWasDoneIsNotDoneAgainWhenADoneRunIsResumed() {
    RunbookRun whole = run(EVERY_KIND);
    whole.run();
    Left expected = left(whole);
    assertThat(whole.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(left(whole)).isEqualTo(expected);
  }

  private static void dieAt(RunbookRun run, int append, Moment moment) {
    run.through(journal -> new MortalJournal(journal, append, moment));
    try {
      run.run();
      throw new AssertionError("no death at " + append);
    } catch (Death expected) {
      run.through(journal -> journal);
    }
  }
}
