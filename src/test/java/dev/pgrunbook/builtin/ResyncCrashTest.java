package dev.pgrunbook.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.database.ApplicationName;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.testing.PairOf;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPair;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers and processes that die while a table is resynchronised through pglogical. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class ResyncCrashTest {

  private final PersonPair person;
  private final List<String> before;
  @TempDir Path store;

  ResyncCrashTest(
      @PairOf(publisher = "pairs/person.publisher.sql", subscriber = "pairs/person.subscriber.sql")
          TestPair pair) {
    person = new PersonPair(pair);
    before = person.indexes();
  }

  @AfterEach
  void repair() {
    person.repair();
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void fact11TheSubscriberCrashesInTheMiddleOfTheCopy() throws SQLException {
    AtomicBoolean crashed = new AtomicBoolean();
    try (CopyBrake brake = new CopyBrake(person.subscriber())) {
      RunbookRun run =
          person
              .resync(store)
              .before("watch", brake::awaitCopy)
              .sampling(
                  "watch",
                  sample -> {
                    if (!crashed.getAndSet(true)) {
                      assertThat(sample.done()).isNotNull();
                      // What holds the brake dies with the server.
                      person.subscriber().restart(true);
                    }
                  });

      assertThat(run.run()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

      assertThat(run.told().notices())
          .anySatisfy(
              notice ->
                  assertThat(notice).endsWith("the probe goes on as soon as subscriber is back"))
          .contains("the connection to subscriber is back");
      List<ProbeSample> samples = run.told().samples("watch");
      assertThat(ResyncCopyTest.status(samples.get(0))).isEqualTo("d");
      assertThat(ResyncCopyTest.status(samples.get(samples.size() - 1))).isEqualTo("r");
    }
    assertThat(person.rows()).isEqualTo(1000);
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void fact12AnotherProcessWaitsForTheStatementOfTheOneThatDied() throws SQLException {
    RunbookRun run =
        person
            .resync(store)
            .dyingAfter(
                event ->
                    event instanceof RunEvent.StepStarted started
                        && started.address().toString().equals("resync[1]"));
    assertThatThrownBy(run::run).isInstanceOf(RunbookRun.Death.class);
    assertThat(person.indexes()).hasSize(1);
    long file = person.file();
    try (Connection orphan = person.subscriber().connect()) {
      // What the server goes on with after its client was killed: nobody is left to commit it.
      execute(
          orphan, "SET application_name = '" + ApplicationName.of(run.id(), "resync").text() + "'");
      orphan.setAutoCommit(false);
      execute(orphan, PersonPair.guide("resynchronize-2-trigger"));
      run.listening(
          new RunListener() {
            @Override
            public void notice(StepAddress address, String text) {
              if (text.contains("an earlier session of this step still runs")) {
                rollBack(orphan);
              }
            }
          });

      assertThat(run.resume()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);
    }

    assertThat(run.told().notices())
        .singleElement()
        .asString()
        .startsWith("an earlier session of this step still runs: pid ")
        .contains("alter_subscription_resynchronize_table");
    assertThat(person.file()).isNotEqualTo(file);
    assertThat(person.rows()).isEqualTo(1000);
    assertThat(person.indexes()).isEqualTo(before);
  }

  @Test
  void fact12ACommitThatWasNotAnsweredIsNotRepeated() {
    RunbookRun run =
        person
            .resync(store)
            .dyingAfter(
                event ->
                    event instanceof RunEvent.StatementCommitted committed
                        && committed.address().toString().equals("resync[1]"));
    assertThatThrownBy(run::run).isInstanceOf(RunbookRun.Death.class);
    long file = person.file();

    assertThat(run.resume()).as("%s", run.failures()).isEqualTo(RunbookRun.DONE);

    assertThat(person.file()).isEqualTo(file);
    assertThat(person.rows()).isEqualTo(1000);
    assertThat(person.indexes()).isEqualTo(before);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }
}
