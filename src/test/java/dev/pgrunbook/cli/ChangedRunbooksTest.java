package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --changed-since}: what a branch touches, as git sees it. */
class ChangedRunbooksTest {

  private static final String SMALL =
      """
      runbook: %s
      version: "1.0.0"
      title: Small
      params: {table: {type: table, required: true, example: public.orders}}
      targets: {db: {}}
      steps:
        - {id: one, target: db, sql: %s}
        - {id: two, target: db, query: "SELECT :table"}
      """;

  @TempDir private Path folder;
  private Caller caller;

  @BeforeEach
  void writeRepository() throws IOException, InterruptedException {
    caller =
        new Caller(folder)
            .file("a.yaml", SMALL.formatted("a", "SELECT 1"))
            .file("sub dir/b.yaml", SMALL.formatted("b", "{file: sql/b.sql}"))
            .file("sub dir/sql/b.sql", "SELECT 2")
            .file("c.yaml", SMALL.formatted("c", "SELECT 3"))
            .file("other.yaml", "name: no runbook\n")
            .file("unsound.yaml", "runbook: unsound\nbogus: 1\n")
            .file(".gitignore", "state/\nignored.yaml\n");
    git("init", "-q", "-b", "main");
    commit("first");
    git("checkout", "-q", "-b", "branch");
  }

  private void git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c"));
    command.addAll(List.of("user.email=t@example.org", "-c", "commit.gpgsign=false"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private void commit(String message) throws IOException, InterruptedException {
    git("add", "-A");
    git("commit", "-q", "-m", message);
  }

  private String plan(ExitCode expected, String... more) {
    List<String> words = new ArrayList<>(List.of("plan", "--offline", "--format", "markdown"));
    words.addAll(List.of(more));
    assertThat(caller.call(words.toArray(new String[0]))).as(caller.err()).isEqualTo(expected);
    return caller.out();
  }

  @Test
  void onlyWhatTheBranchTouchesIsPlanned() throws IOException, InterruptedException {
    assertThat(plan(ExitCode.DONE, "--changed-since", "main")).contains("No runbook is changed");
    assertThat(caller.err()).contains("No runbook has changed since main.");

    caller.file("a.yaml", SMALL.formatted("a", "SELECT 10"));
    commit("a");
    git("checkout", "-q", "main");
    caller.file("c.yaml", SMALL.formatted("c", "SELECT 30"));
    commit("c, elsewhere");
    git("checkout", "-q", "branch");
    assertThat(plan(ExitCode.DONE, "--changed-since", "main"))
        .contains("| a 1.0.0 |", "SELECT 10")
        .doesNotContain("| b 1.0.0 |", "| c 1.0.0 |");
    assertThat(caller.err()).contains("a: planned with the examples of table.");
  }

  @Test
  void sqlFilesAndWhatIsNotCommittedCount() {
    caller
        .file("sub dir/sql/b.sql", "SELECT 20")
        .file("new.yaml", SMALL.formatted("new", "TABLE t"));
    caller.file("ignored.yaml", SMALL.formatted("ignored", "TABLE t"));
    assertThat(plan(ExitCode.DONE, "--changed-since", "main"))
        .contains("| b 1.0.0 |", "SELECT 20", "| new 1.0.0 |", "### Plan of 2 runbooks")
        .doesNotContain("| a 1.0.0 |", "ignored");
    assertThat(plan(ExitCode.DONE, "--changed-since", "HEAD", "new.yaml", "a.yaml"))
        .contains("| new 1.0.0 |")
        .doesNotContain("| b 1.0.0 |", "| a 1.0.0 |");
    Caller below = caller.in(folder.resolve("sub dir"));
    assertThat(below.call("plan", "--offline", "--changed-since", "main"))
        .as(below.err())
        .isEqualTo(ExitCode.DONE);
    assertThat(below.out()).contains("b 1.0.0", "new 1.0.0");
  }

  @Test
  void aChangedRunbookThatDoesNotLoadIsTold() {
    caller.file("unsound.yaml", "runbook: unsound\nbogus: 2\n");
    plan(ExitCode.INVALID, "--changed-since", "main");
    assertThat(caller.err()).contains("unsound.yaml:2:1: error");
  }

  @Test
  void whatGitCannotTellIsASentence() throws IOException {
    plan(ExitCode.INVALID, "--changed-since", "nowhere");
    assertThat(caller.err())
        .contains("cannot tell what has changed since nowhere: git knows no such revision", "hint");
    plan(ExitCode.INVALID, "--changed-since=--output=" + folder.resolve("stolen"));
    assertThat(caller.err()).contains("that is no revision");
    assertThat(folder.resolve("stolen")).doesNotExist();

    Path outside = Files.createTempDirectory("pgrunbook-no-git");
    try {
      Caller stranger = caller.in(outside);
      assertThat(stranger.call("plan", "--offline", "--changed-since", "main"))
          .isEqualTo(ExitCode.INVALID);
      assertThat(stranger.err()).contains("this folder is in no git repository");
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void thePlanGoesToAFileWhoseEndingSaysHow() {
    for (String ending : List.of("md", "json", "html", "txt")) {
      assertThat(
              caller.call("plan", "--offline", "a.yaml", "-p", "table=t", "--out", "p." + ending))
          .as(caller.err())
          .isEqualTo(ExitCode.DONE);
      assertThat(caller.out()).isEmpty();
    }
    assertThat(caller.text("p.md")).startsWith("<!-- pgrunbook plan -->\n### Plan\n");
    assertThat(caller.text("p.json")).startsWith("{\n  \"version\": 1,");
    assertThat(caller.text("p.html")).startsWith("<!doctype html>");
    assertThat(caller.text("p.txt")).startsWith("a 1.0.0   offline plan ");

    assertThat(caller.call("plan", "--offline", "a.yaml", "--out", "p.pdf"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("--out p.pdf does not say how", "text, markdown, json, html");
    assertThat(caller.call("plan", "--offline", "a.yaml", "-p", "table=t", "--out", "no/p.md"))
        .isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(caller.err()).contains("cannot write no/p.md");
    assertThat(caller.call("plan", "--offline")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("plan takes RUNBOOK, or --changed-since REV");
  }
}
