package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two runbooks say differently. */
class DiffCommandTest {

  private static final String OLD =
      """
      runbook: small/change
      version: "1.0.0"
      title: A change
      params:
        tables: {type: "table[]", required: true}
        mode: {type: text, choices: [fast, safe], default: safe}
      targets:
        db: {description: Where it runs}
        replica: {readOnly: true}
      steps:
        - {id: look, target: replica, check: SELECT 1 WHERE false, expect: empty}
        - {id: ask, gate: "Go on?", type: yes please, approvals: 2}
        - id: change
          target: db
          confirm: Sure?
          verify: SELECT true
          lockTimeout: 5s
          transaction: single
          retry: {attempts: 3, delay: 2s}
          sql: |
            SELECT 1; -- a comment
            UPDATE t SET a = 'b  c' WHERE n = 1;
            SELECT 3
        - {id: made, target: db, generate: "SELECT 'DROP INDEX a'", review: required}
        - {id: rest, wait: 10m}
      finally:
        - {id: tidy, target: db, query: SELECT 4}
      """;

  private static final String NEW =
      """
      runbook: small/change
      version: "1.1.0"
      title: A change
      params:
        tables: {type: "table[]", required: true}
        mode: {type: text, default: safe}
        limit: {type: integer, default: 3}
      targets:
        db: {description: Where it runs}
        replica: {description: Where it is read}
      steps:
        - id: change
          target: db
          lockTimeout: 1m
          retry: {attempts: 4, delay: 2s}
          transaction: each
          sql: |
            select 1;
            UPDATE t SET a = 'b c' WHERE n = 1;
            TRUNCATE t;
            SELECT 3
        - {id: look, target: replica, when: mode == 'safe', check: SELECT 1 WHERE false, expect: empty}
        - {id: rest, wait: 1h30m}
        - {id: made, target: db, generate: "SELECT 'DROP INDEX a'", review: none}
        - id: drop
          target: db
          sql: |
            DROP TABLE a;
            SELECT 5
      finally:
        - {id: tidy, target: replica, query: SELECT 4}
      """;

  @TempDir private Path folder;
  private Caller caller;

  @BeforeEach
  void atHome() {
    caller = new Caller(folder).file("old.yaml", OLD).file("new.yaml", NEW);
  }

  @Test
  void everyDifferenceIsMarkedAndEveryDangerToo() {
    assertThat(caller.call("diff", "old.yaml", "new.yaml")).isEqualTo(ExitCode.DONE);
    Golden.check("difference/text.txt", caller.out().lines().toList());
    assertThat(caller.call("diff", "old.yaml", "new.yaml", "--format", "markdown"))
        .isEqualTo(ExitCode.DONE);
    Golden.check("difference/markdown.txt", caller.out().lines().toList());
  }

  @Test
  void whatBecameSaferIsNoDanger() {
    assertThat(caller.call("diff", "new.yaml", "old.yaml")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains("+   confirm: Sure?", "-   review: none", "+ step ask (gate)")
        .doesNotContain("reviews", "nobody", "TRUNCATE t;\n!", "wait longer", "half-way");
  }

  @Test
  void theOtherSpellingIsNoDifference() {
    assertThat(caller.call("convert", "old.yaml", "--to", "groovy", "--out", "old.groovy"))
        .as(caller.err())
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.call("diff", "old.yaml", "old.groovy")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEqualTo("small/change@1.0.0: no difference\n");
  }

  private static final String GUARDED =
      """
      runbook: guarded
      version: "1.0.0"
      title: Guarded
      params: {code: {type: text, pattern: "[a-z]+"}}
      targets: {db: {}, other: {}}
      steps:
        - {id: look, target: db, check: "SELECT count(*) < 10 FROM t WHERE a = :code", expect: "true"}
        - {id: see, target: other, check: SELECT 1 FROM u WHERE b, expect: empty, when: "code != ''"}
        - {id: ask, gate: Shall this go on, approvals: 2}
        - id: change
          target: db
          unless: SELECT a FROM done
          verify: SELECT b FROM done
          timeout: 10s
          lockTimeout: 2s
          sql: |
            UPDATE t SET a = 'x' WHERE a = 'y' AND b IS NOT NULL;
            UPDATE t SET b = 'x' WHERE a = 'y' AND b IS NULL
        - id: made
          target: db
          generate: SELECT format('REINDEX INDEX %I', i) FROM indexes ORDER BY 1
        - id: watch
          probe: {sources: {db: SELECT n FROM t}, every: 2s, timeout: 1h, until: n == 0, fail: n < 0}
      """;

  /** Each is another kind of what must not slip by among other changes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          count(*) < 10        | count(*) < 11          | step look (check), check: it checks something else
          "true"               | nonEmpty               | step look (check), expect: it passes on other rows
          u WHERE b            | u                      | step see (check), check: it checks something else
          target: other        | target: db             | step see (check), target: it looks at another database
          when: "code != ''"   | when: "code == ''"     | step see (check), when: it is passed over on another condition
          approvals: 2         | approvals: 1           | step ask (gate), approvals: fewer people must approve
          SELECT a FROM done   | SELECT true            | step change (sql), unless: something else decides whether its work is done already
          SELECT b FROM done   | SELECT true            | step change (sql), verify: something else verifies what it has done
          timeout: 10s         | note: fast             | step change (sql), timeout: it may take for ever
          timeout: 10s         | timeout: 20s           | step change (sql), timeout: it may take longer
          lockTimeout: 2s      | note: fast             | step change (sql), lockTimeout: it may wait for a lock for ever, and others behind it
          ORDER BY 1           | ORDER BY 1\\n    review: none | step made (generate), review: nobody reviews the statements that it generates
          until: n == 0        | until: n < 10          | step watch (probe), until: it waits for something else
          n == 0, fail: n < 0  | n == 0                 | step watch (probe), fail: it no longer ends early when something is wrong
          pattern: "[a-z]+"    | pattern: ".*"          | parameter code, pattern: it takes other texts
          """)
  void aSafeguardThatChangedComesFirst(String old, String now, String expected) {
    String changed = GUARDED.replace(old, now.replace("\\n", "\n"));
    assertThat(changed).isNotEqualTo(GUARDED);
    caller.file("a.yaml", GUARDED);
    caller.file("b.yaml", changed.replace("title: Guarded", "title: Renamed"));
    assertThat(caller.call("diff", "a.yaml", "b.yaml")).as(caller.err()).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .startsWith(
            "guarded@1.0.0: "
                + caller.out().replaceAll("(?s)^.*?: (\\d+).*", "$1")
                + " differences, 1 safeguard changed\n\nSafeguards that changed:\n!   "
                + expected
                + "\n\n~ runbook\n");
    assertThat(caller.call("diff", "a.yaml", "b.yaml", "--format", "markdown"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out().indexOf("Safeguards that changed:\n\n- :warning: **"))
        .isBetween(1, caller.out().indexOf("```diff"));
  }

  @Test
  void aRenamedStepIsTheSameStep() {
    caller.file("a.yaml", GUARDED);
    caller.file(
        "b.yaml",
        GUARDED
            .replace("id: look", "id: few-rows")
            .replace("id: change", "id: fill")
            .replace("b = 'x'", "b = 'z'")
            .replace("id: ask", "id: confirm-it"));
    assertThat(caller.call("diff", "a.yaml", "b.yaml")).as(caller.err()).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .isEqualTo(
            """
            guarded@1.0.0: 4 differences

            ~ step few-rows (check), renamed from look

            ~ step confirm-it (gate), renamed from ask

            ~ step fill (sql), renamed from change
            -   sql: UPDATE t SET b = 'x' WHERE a = 'y' AND b IS NULL;
            +   sql: UPDATE t SET b = 'z' WHERE a = 'y' AND b IS NULL;
            """);
  }

  @Test
  void whatIsRenamedAndMovedLosesItsGuardsAllTheSame() {
    String step = GUARDED.substring(GUARDED.indexOf("  - id: made"), GUARDED.indexOf("  - id: w"));
    String moved = GUARDED.replace(step, "").replace("steps:\n", "steps:\n" + step);
    caller.file("a.yaml", GUARDED).file("b.yaml", moved.replace("id: made", "id: early"));
    assertThat(caller.call("diff", "a.yaml", "b.yaml")).as(caller.err()).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains(
            """
            ~ step early (generate), renamed from made
            ~   moved: it stood after change, and stands first
            !   it no longer waits for look, which stood before it
            """)
        .doesNotContain("+ step", "- step");
  }

  @Test
  void equalStepsArePairedInTheirOrderAndOthersAreNot() {
    String waits = GUARDED + "  - {id: w1, wait: 10m}\n  - {id: w2, wait: 10m}\n";
    caller.file("a.yaml", waits + "  - {id: x1, query: SELECT a FROM t, target: db}\n");
    caller.file(
        "b.yaml",
        waits.replace("id: w", "id: v") + "  - {id: x2, query: TABLE other, target: db}\n");
    assertThat(caller.call("diff", "a.yaml", "b.yaml")).as(caller.err()).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .contains("v1 (wait), renamed from w1", "v2 (wait), renamed from w2")
        .contains("+ step x2 (query)", "- step x1 (query)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT a FROM t       | select  a /* all */ from T | true
          SELECT 'a  b'         | SELECT 'a b'               | false
          SELECT "A"            | SELECT "a"                 | false
          SELECT É              | SELECT é                   | false
          SELECT a; SELECT b    | SELECT a; SELECT b;        | true
          SELECT a; SELECT b    | SELECT b; SELECT a         | false
          SELECT a - -1         | SELECT a--1                | false
          SELECT :tables        | SELECT :mode               | false
          """)
  void sqlIsComparedByItsTokens(String old, String now, boolean same) {
    String runbook = OLD.replace("SELECT 3", "%s");
    caller.file("a.yaml", runbook.replace("%s", old)).file("b.yaml", runbook.replace("%s", now));
    assertThat(caller.call("diff", "a.yaml", "b.yaml")).as(caller.err()).isEqualTo(ExitCode.DONE);
    assertThat(caller.out().contains("no difference")).as(caller.out()).isEqualTo(same);
  }

  @Test
  void badInputIsRefused() {
    caller.file("broken.yaml", "runbook: [");
    assertThat(caller.call("diff", "old.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("NEW is missing");
    assertThat(caller.call("diff", "old.yaml", "none.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.call("diff", "broken.yaml", "old.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("broken.yaml");
    assertThat(caller.call("diff", "old.yaml", "new.yaml", "--format", "pdf"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--format is text or markdown, not \"pdf\"");
    assertThat(caller.out()).isEmpty();
  }
}
