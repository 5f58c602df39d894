package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A session takes note of what somebody has answered from another terminal. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class SessionElsewhereTest {
  private static final String RUNBOOK =
      """
      runbook: ask
      version: "1.0.0"
      title: Ask
      targets: {db: {}}
      steps:
        - {id: sure, gate: Sure}
        - {id: last, target: db, query: SELECT 1 AS one}
      """;

  @TempDir Path folder;

  /** Types next; once the gate is asked, somebody else approves, and Enter is pressed. */
  private static final class Keys extends InputStream {

    private final Runnable meanwhile;
    private int lines;

    Keys(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("a reader takes more at once");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      lines++;
      if (lines == 2) {
        meanwhile.run();
      }
      byte[] line = (lines == 2 ? "\n" : "next\n").getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(line, 0, into, offset, line.length);
      return line.length;
    }
  }

  @Test
  void aGateIsApprovedFromAnotherTerminal(TestPostgres db) {
    Caller caller = new Caller(folder).file("ask.yaml", RUNBOOK);
    Caller other = caller.in(folder);
    Keys keys =
        new Keys(
            () ->
                assertThat(other.call("approve", "r1", "sure", "--store", db.uri()))
                    .as("%s", other.said())
                    .isEqualTo(ExitCode.DONE));

    ExitCode code =
        caller
            .typing(keys)
            .call(
                "step",
                "ask.yaml",
                "--target",
                "db=" + db.uri(),
                "--run-id",
                "r1",
                "--store",
                db.uri());

    assertThat(caller.said()).contains("from elsewhere", "done in");
    assertThat(code).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whoNeedsOthersIsToldHowTheyAnswer(TestPostgres db) {
    String two = RUNBOOK.replace("{id: sure, gate: Sure}", "{id: sure, gate: Sure, approvals: 2}");
    Caller caller = new Caller(folder).file("ask.yaml", two).typing("next\napprove\nquit\n");
    String target = "db=" + db.uri();
    String store = db.uri();
    caller.call("step", "ask.yaml", "--target", target, "--run-id", "r2", "--store", store);

    assertThat(caller.out())
        .contains("each types pgrunbook approve r2 sure at another terminal, and the run goes on");
  }
}
