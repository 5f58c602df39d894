package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide that a runbook is, for people. */
class DescribeCommandTest {

  private static final String RUNBOOK =
      """
      runbook: small/guide
      version: "1.2.0"
      title: Everything a <b>guide</b> tells
      description: |
        What it is for,
        on two lines.

        Another paragraph with `ticks` | and a bar.
      links:
        - {title: "Related [page]", url: "https://example.com/a>b c"}
      params:
        tables: {type: "table[]", required: true, description: Which tables, example: ['public."A B"', public.c]}
        mode: {type: text, choices: [fast, safe], default: safe, description: How}
        retries: {type: integer, default: 3, min: 1, max: 9}
        token: {type: secret, example: nothing}
      targets:
        db: {description: Where it runs}
        replica: {description: Where it is read, readOnly: true}
      steps:
        - id: check
          title: Is it "there"?
          target: replica
          check: SELECT 1 WHERE false
          expect: empty
          message: "${mode} is wrong"
        - id: change
          title: Change them
          target: db
          forEach: {table: tables}
          when: mode == 'fast'
          warning: |
            Blocks writers.

            For long.
          tip: Do it at night.
          confirm: "Change ${table}?"
          unless: SELECT false
          verify: SELECT true
          sql: |
            COMMENT ON TABLE :"table" IS 'x';
            SELECT count(*) FROM :"table"
          lockTimeout: 5s
          timeout: 10m
          retry: {attempts: 3, delay: 2s, on: [lock_not_available]}
        - id: watch
          probe:
            every: 2s
            timeout: 1h
            sources: {db: SELECT 1 AS n, replica: SELECT 2 AS m}
            until: n == m
            fail: n > 5
            stall: {after: 30s, steps: [{id: nudge, target: db, sql: SELECT 1}]}
          onTimeout: [{id: ask, gate: "Go on all the same?", approvals: 2}]
        - id: group
          title: Together
          steps:
            - {id: made, target: db, generate: "SELECT 'DROP TABLE a'", review: required, transaction: none}
            - {id: read, manual: Read the lag, ask: {lag: integer}}
            - {id: rest, wait: 10m}
      finally:
        - {id: tidy, target: db, query: "SELECT :token"}
      """;

  @TempDir private Path folder;
  private Caller caller;

  @BeforeEach
  void atHome() {
    caller = new Caller(folder).file("guide.yaml", RUNBOOK).with("LC_ALL", "C.UTF-8");
  }

  @Test
  void asTextAndAsMarkdown() {
    assertThat(caller.call("describe", "guide.yaml")).as(caller.err()).isEqualTo(ExitCode.DONE);
    Golden.check("guide/text.txt", caller.out().lines().toList());
    assertThat(caller.call("describe", "guide.yaml", "--out", "guide.md")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEmpty();
    Golden.check("guide/markdown.txt", caller.text("guide.md").lines().toList());
    assertThat(caller.text("guide.md")).doesNotContain("<b>");
  }

  @Test
  void whatCannotBeDescribedIsSaid() {
    assertThat(caller.call("describe", "nothing.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.call("describe", "guide.yaml", "--format", "pdf"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--format is text or markdown, not \"pdf\"");
  }

  /** What the documented procedures say, in the words of the guides that replace them. */
  private void says(String runbook, List<String> statements) {
    assertThat(caller.call("describe", runbook, "--format", "markdown")).isEqualTo(ExitCode.DONE);
    String guide = caller.out().replace("\\", "").replaceAll("\\s*\\n>?\\s*", " ");
    assertThat(guide).contains(statements);
  }

  @Test
  void theGuideForAResynchronisationSaysWhatTheDocumentedOneDoes() {
    says(
        "pglogical/resync-tables",
        List.of(
            "tables that are out of sync",
            "cred-model (CloudSQL)",
            "cred-model-api-dev",
            "cred_tables",
            // Drop the indexes first, on the subscriber, after a review of what was generated.
            "Drop the secondary indexes",
            "Generates statements on subscriber, shows them, and once they were reviewed and approved",
            "take half the time of a COPY with them",
            "Only indexes that no constraint and no replica identity needs are listed",
            "Review them before you approve",
            // The resynchronisation itself.
            "Runs on subscriber.",
            "pglogical.alter_subscription_resynchronize_table( subscription_name := :subscription,",
            "relation := :table::regclass",
            "Truncates the table on the subscriber",
            "truncated and copied again from the publisher",
            "quoted as in SQL. For example public.\"Person\", public.\"CompanyIdentifier\"",
            // The indexes come back by themselves.
            "cred-postgres/scripts/schedule-schema-sync.sh",
            "no action is needed unless it is late",
            // Related documentation.
            "Database Backup Restoration (point-in-time recovery via CloudSQL Clone)",
            "Connect to Cloud SQL",
            "Data Architecture"));
  }

  @Test
  void theGuideForRecentChangesSaysWhatTheDocumentedOneDoes() {
    says(
        "pglogical/sync-recent-changes",
        List.of(
            "The light alternative to a resynchronisation",
            "updated on the publisher to what it already is, which is enough for pglogical to send",
            "cred-model (CloudSQL)",
            "cred-model-api-dev",
            "The point in time from which rows are replicated again",
            "For example 2026-03-20 00:00:00+00",
            "UPDATE ONLY %s SET %I = %I WHERE %I >=",
            "shows the earliest change, the number of rows and the UPDATE of each table",
            "in 2 rounds",
            "once they were reviewed and approved runs them on publisher",
            "Review the row counts (cnt) before you approve: large tables take long on the publisher",
            "public.\"Company\", public.\"SoccerPlayer\""));
  }

  @Test
  void theGuideForTheProgressSaysWhatTheDocumentedOneDoes() {
    says(
        "pglogical/replication-progress",
        List.of(
            "without a count(*) that would read the tables",
            "Compares the estimated row counts of the publisher and the subscriber",
            "reltuples",
            "what the last ANALYZE or VACUUM found",
            "lag slightly behind the actual counts",
            "fast enough to be run again and again during a long resynchronisation",
            "public.\"Person\", public.\"Company\", public.\"CompanyIdentifier\"",
            "cred-model (CloudSQL)",
            "cred-model-api-dev"));
  }
}
