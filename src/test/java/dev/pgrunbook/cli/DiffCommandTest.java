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
