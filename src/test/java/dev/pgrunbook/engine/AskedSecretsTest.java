package dev.pgrunbook.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.engine.RunResult.Paused;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.RunbookRun;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that a person told a run, and that no journal keeps. */
@ExtendWith(PostgresExtension.class)
class AskedSecretsTest {

  private static final String RUNBOOK =
      """
      runbook: test/secret
      version: "1.0.0"
      title: Secret
      targets: {db: {}}
      steps:
        - {id: manual, manual: "Read the label", ask: {code: secret, meter: integer}}
        - {id: use, target: db, sql: "INSERT INTO t VALUES (md5(:code), :meter)"}
      """;

  private static final String CODE = "open-sesame-4711";

  @TempDir private Path store;
  private TestPostgres postgres;
  private RunbookRun run;
  private int asked;

  @BeforeEach
  void begin(TestPostgres fresh) {
    postgres = fresh;
    postgres.execute("CREATE TABLE t (code text, meter int)");
    run = RunbookRun.of(RUNBOOK, store).on("db", postgres);
    answered();
  }

  private void answered() {
    run.answering(
        "manual",
        request -> {
          asked++;
          return new Decision.Answer(
              RunbookRun.OPERATOR,
              Map.of("code", new SecretValue(CODE), "meter", Value.integer(asked)));
        });
  }

  private void dyingAfter(Predicate<RunEvent> moment) {
    run.dyingAfter(moment);
    assertThatThrownBy(run::run).isInstanceOf(RunbookRun.Death.class);
  }

  private void assertUsedOnce(int meter) throws IOException {
    assertThat(postgres.queryRows("SELECT code = md5('" + CODE + "'), meter FROM t").toString())
        .isEqualTo("[[t, " + meter + "]]");
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(CODE);
      }
    }
  }

  @Test
  void aStepThatWasDoneIsAskedForItsSecretsAlone() throws IOException {
    dyingAfter(
        event -> event instanceof StepFinished done && done.address().step().equals("manual"));
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(asked).isEqualTo(2);
    assertThat(run.told().requests(Request.Question.class))
        .singleElement()
        .satisfies(question -> assertThat(question.ask()).containsOnlyKeys("code"));
    assertThat(run.events(GateAnswered.class).get(1).comment()).contains("no journal keeps code");
    // What was read elsewhere stays what it was; only the secret had to be told again.
    assertUsedOnce(1);
  }

  @ParameterizedTest
  @ValueSource(classes = {VariableSet.class, GateAnswered.class})
  void aStepThatWasCutShortAsksForEverything(Class<? extends RunEvent> last) throws IOException {
    dyingAfter(last::isInstance);
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertThat(asked).isEqualTo(2);
    assertUsedOnce(2);
  }

  @Test
  void withoutAPersonTheRunWaits() throws IOException {
    dyingAfter(
        event -> event instanceof StepFinished done && done.address().step().equals("manual"));
    run.answering("manual", request -> new Decision.Pause());
    RunResult waiting = run.resume();
    assertThat(((Paused) waiting).reason()).isEqualTo(PauseReason.WAITING);
    assertThat(((Paused) waiting).message()).contains("manual waits for a person", "code");
    assertThat(postgres.queryLong("SELECT count(*) FROM t")).isZero();
    answered();
    assertThat(run.resume()).isEqualTo(RunbookRun.DONE);
    assertUsedOnce(1);
  }
}
