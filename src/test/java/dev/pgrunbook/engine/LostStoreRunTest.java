package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.testing.OwnServer;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.SharedStore;
import dev.pgrunbook.testing.TestPostgres;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run whose store goes away: what has an effect has it once, and only what is recorded has. */
@ExtendWith(PostgresExtension.class)
@Timeout(180)
class LostStoreRunTest {

  private static final String RUNBOOK =
      """
      runbook: test/lost
      version: "1.0.0"
      title: Lost
      targets: {db: {}}
      steps:
        - id: each
          target: db
          sql: INSERT INTO log VALUES ('one'); INSERT INTO log VALUES ('two') RETURNING what
          save: what
        - {id: alone, target: db, transaction: none, sql: INSERT INTO log VALUES ('alone')}
        - {id: read, target: db, query: SELECT count(*) AS n FROM log, save: n}
        - {id: last, target: db, sql: "INSERT INTO log VALUES ('last')"}
      """;

  /** A journal before whose appends something happens. */
  private static final class Disturbed extends WrappedJournal {

    private final Predicate<RunEvent> moment;
    private final Runnable disturbance;

    Disturbed(Journal journal, Predicate<RunEvent> moment, Runnable disturbance) {
      super(journal);
      this.moment = moment;
      this.disturbance = disturbance;
    }

    @Override
    public JournalRecord append(RunEvent event) {
      if (moment.test(event)) {
        disturbance.run();
      }
      return super.append(event);
    }
  }

  private static RunbookRun run(RunStore store, TestPostgres target) {
    target.execute("CREATE TABLE log (what text)");
    return RunbookRun.of(RUNBOOK, store).on("db", target);
  }

  private static void tookEffectOnce(TestPostgres target) {
    assertThat(target.queryText("SELECT string_agg(what, ' ' ORDER BY what) FROM log"))
        .isEqualTo("alone last one two");
  }

  @Test
  void itsSessionIsLostBeforeEveryRecord(TestPostgres target, TestPostgres kept) {
    try (SharedStore shared = new SharedStore(kept)) {
      RunbookRun run =
          run(shared.open("one"), target)
              .through(journal -> new Disturbed(journal, event -> true, shared::loseOwner));
      assertThat(run.run()).isEqualTo(RunbookRun.DONE);
      tookEffectOnce(target);
      assertThat(shared.open("two").audit(run.id()).damage()).isNull();
    }
  }

  @Test
  void itsServerCrashesInMidRun(TestPostgres target, @OwnServer(durable = true) TestPostgres kept) {
    try (SharedStore shared = new SharedStore(kept)) {
      RunbookRun run =
          run(shared.open("one"), target)
              .through(
                  journal ->
                      new Disturbed(
                          journal,
                          event -> event instanceof StatementPrepared,
                          () -> kept.restart(true)));
      assertThat(run.run()).isEqualTo(RunbookRun.DONE);
      tookEffectOnce(target);
    }
  }

  @Test
  void whatIsPreparedAndNotRecordedIsNotCommitted(
      TestPostgres target, @OwnServer(durable = true) TestPostgres kept) {
    try (SharedStore shared = new SharedStore(kept)) {
      RunStore store = shared.open(kept.settings(), "one", Duration.ofMillis(500));
      RunbookRun run =
          run(store, target)
              .through(
                  journal ->
                      new Disturbed(
                          journal,
                          event -> event instanceof StatementPrepared,
                          () -> kept.server().stop(false)));
      assertThatThrownBy(run::run)
          .isInstanceOf(JournalFailure.class)
          .hasMessageContaining("the store cannot be reached");
      assertThat(target.queryLong("SELECT count(*) FROM log")).isZero();
      kept.server().start();
      assertThat(run.through(journal -> journal).resume()).isEqualTo(RunbookRun.DONE);
      tookEffectOnce(target);
    }
  }

  @Test
  void whatIsPreparedByAnOwnerOfYesterdayIsNotCommitted(TestPostgres target, TestPostgres kept) {
    try (SharedStore shared = new SharedStore(kept)) {
      RunbookRun run = run(shared.open("one"), target);
      RunStore two = shared.open("two");
      run.through(
          journal ->
              new Disturbed(
                  journal,
                  event -> event instanceof StatementPrepared,
                  () -> shared.takeOver(() -> two.open(run.id())).close()));
      assertThatThrownBy(run::run)
          .isInstanceOf(RunLocked.class)
          .hasMessageContaining("was taken over while the store was away by two");
      assertThat(target.queryLong("SELECT count(*) FROM log")).isZero();
    }
  }
}
