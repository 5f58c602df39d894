package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How runbooks are named, listed and checked. */
class RunbookChoiceTest {
  private static final String GATE =
      """
      runbook: local/ask
      version: "2.1.0"
      title: Ask somebody
      steps:
        - {id: ask, gate: Shall it go on}
      """;

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void writeWorkspace() {
    caller =
        new Caller(folder)
            .file("pgrunbook.yaml", "store: journals\n")
            .file("runbooks/local/ask.yaml", GATE);
  }

  @Test
  void listTellsLocalRunbooksAndBuiltInOnes() {
    assertThat(caller.call("list")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out())
        .containsPattern("(?m)^local/ask +2\\.1\\.0  Ask somebody$")
        .containsPattern("(?m)^pglogical/resync-tables +1\\.");
  }

  @Test
  void listSaysWhatDoesNotLoad() {
    caller.file("runbooks/broken.yaml", "runbook: broken\n");
    assertThat(caller.call("list")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).contains("does not load; `pgrunbook lint broken` says why");
    assertThat(caller.call("lint", "broken")).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out()).contains("runbooks/broken.yaml:");
  }

  @Test
  void localNamesAndTheStoreAreTheWorkspacesFromAnywhereInIt() throws IOException {
    Caller below = caller.in(Files.createDirectories(folder.resolve("a/b")));
    assertThat(below.call("run", "local/ask", "--run-id", "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(folder.resolve("journals/runs/r1/journal.jsonl")).exists();
    assertThat(below.call("list")).isEqualTo(ExitCode.DONE);
    assertThat(below.out()).contains("local/ask");
    assertThat(below.call("lint", "local/ask")).isEqualTo(ExitCode.DONE);
    assertThat(below.out()).isEqualTo("1 file, 0 errors, 0 warnings\n");

    assertThat(caller.call("resume", "--yes")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aVersionMustBeTheOneThatIsHere() {
    assertThat(caller.call("run", "local/ask@2.1.0", "--yes")).isEqualTo(ExitCode.DONE);
    assertThat(caller.call("run", "local/ask@2.2.0", "--yes")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("local/ask is here in version 2.1.0 only");
  }

  @Test
  void aMistypedNameIsGuessed() {
    assertThat(caller.call("run", "pglogical/resync-table")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains(
            "there is no file and no runbook called \"pglogical/resync-table\"",
            "did you mean \"pglogical/resync-tables\"?");
    assertThat(caller.call("run", "quite-another")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("`pgrunbook list` names the runbooks");
  }

  @Test
  void anInvalidFileIsToldWhole() {
    caller.file("bad.yaml", GATE + "  - {id: ask, gaet: x}\n  - {id: two, check: 'SELECT ${a}'}\n");
    assertThat(caller.call("run", "bad.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains("bad.yaml:6:", "bad.yaml:7:", "did you mean \"gate\" instead of")
        .doesNotContain("\tat ");
    assertThat(caller.out()).isEmpty();
  }

  @Test
  void lintTakesFilesFoldersAndNames() {
    caller.file("runbooks/b.yml", GATE.replace("local/ask", "b"));
    caller.file("runbooks/notes.txt", "no runbook");
    assertThat(caller.call("lint", ".")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEqualTo("2 files, 0 errors, 0 warnings\n");
    assertThat(caller.call("lint", "runbooks/b.yml", "pglogical/resync-tables"))
        .isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEqualTo("2 files, 0 errors, 0 warnings\n");
  }

  @Test
  void lintOfWhatIsNotThereIsAMistakeOfTheCaller() {
    assertThat(caller.call("lint", "none.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("none.yaml", "no such file");
    assertThat(caller.call("lint", "local/aks")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("did you mean \"local/ask\"?");
    assertThat(caller.call("lint")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).startsWith("pgrunbook lint: RUNBOOK|DIR is missing.");
  }

  @Test
  void lintSpeaksToMachines() {
    caller.file("bad.yaml", GATE.replace("gate:", "gaet:"));
    assertThat(caller.call("lint", "bad.yaml", "--format", "json")).isEqualTo(ExitCode.FAILED);
    assertThat(JsonParser.parseString(caller.out()).getAsJsonObject().getAsJsonArray("diagnostics"))
        .isNotEmpty();
    assertThat(caller.call("lint", "--format=sarif", "bad.yaml")).isEqualTo(ExitCode.FAILED);
    assertThat(JsonParser.parseString(caller.out()).getAsJsonObject().get("version").getAsString())
        .isEqualTo("2.1.0");
    assertThat(caller.call("lint", "--format=xml", "bad.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--format is text, json or sarif, not \"xml\"");
  }

  @Test
  void anUnsoundWorkspaceStopsEverythingThatNeedsIt() {
    caller.file("pgrunbook.yaml", "connection: {}\n");
    for (String command : new String[] {"list", "runs"}) {
      assertThat(caller.call(command)).isEqualTo(ExitCode.INVALID);
      assertThat(caller.err()).contains("pgrunbook.yaml:1:1", "did you mean \"connections\"?");
    }
    assertThat(caller.call("lint", "runbooks")).isEqualTo(ExitCode.DONE);
  }

  @Test
  void journalsAreTheUsersOwnWithoutAWorkspace() throws IOException {
    Files.delete(folder.resolve("pgrunbook.yaml"));
    assertThat(caller.call("run", "local/ask", "--run-id", "r1")).isEqualTo(ExitCode.PAUSED);
    assertThat(folder.resolve("state/pgrunbook/runs/r1/journal.jsonl")).exists();

    assertThat(caller.with("XDG_STATE_HOME", "relative").call("run", "local/ask", "--run-id=r2"))
        .isEqualTo(ExitCode.PAUSED);
    assertThat(folder.resolve(".local/state/pgrunbook/runs/r2/journal.jsonl")).exists();

    assertThat(caller.call("run", "local/ask", "--run-id=r3", "--store", "else where"))
        .isEqualTo(ExitCode.PAUSED);
    assertThat(folder.resolve("else where/runs/r3/journal.jsonl")).exists();
    assertThat(caller.out()).contains("pgrunbook resume r3 --store 'else where'");
  }
}
