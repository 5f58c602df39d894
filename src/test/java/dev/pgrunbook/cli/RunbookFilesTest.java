package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which files of a folder count as runbooks: every one that might be, and no job of a CI system.
 */
class RunbookFilesTest {

  private static final String SOUND =
      """
      runbook: sound
      version: "1.0.0"
      title: Sound
      steps:
        - {id: ask, gate: Shall it go on}
      """;

  @TempDir private Path folder;

  private Caller caller;

  @BeforeEach
  void writeRunbook() {
    caller = new Caller(folder).file("many/sound.yaml", SOUND);
  }

  private ExitCode lint(String name, String text) {
    return caller.file("many/" + name, text).call("lint", "many");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runbok: typo\nversion: \"1.0.0\"\ntitle: T\nsteps:\n  - {id: ask, gate: x}\n",
        "version: \"1.0.0\"\nsteps: []\n",
        "targets: {db: {}}\n",
        "runbook: cut off\n  : [",
        "\uFEFFrunbook: marked\nbogus: 1\n",
        "'runbook': quoted\nbogus: 1\n",
        "{runbook: flow, bogus: 1}\n",
        "{\n  \"title\": \"indented\",\n  \"runbook\": \"indented\", \"bogus\": 1\n}\n",
        "  title: all of it is indented\n  runbook: indented\n  bogus: 1\n",
        "  title: nobody can tell\n  x: [\n  runbook: indented\n"
      })
  void whatMayBeARunbookDoesNotPass(String text) {
    assertThat(lint("other.yaml", text)).as(caller.said()).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out()).contains("many/other.yaml:", "error[", "2 files, ");
    assertThat(caller.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: Runbooks\non: {pull_request: }\njobs:\n  plan:\n    steps: [{run: pgrunbook lint .}]\n",
        "runbooks:\n  script: [pgrunbook lint .]\n",
        "pool: {vmImage: x}\nsteps:\n  - script: echo\n",
        "groups:\n  - rules: [{annotations: {runbook_url: x, runbook: y}}]\n",
        "- runbook: in a list\n",
        "# runbook: a comment\nname: x\n",
        "text: |\n  steps:\n  version: 1\n",
        "",
        "a: 1\n---\nb: 2\n",
        "{{ if .Values.x }}\na: {{ b }}\n{{ end }}\n"
      })
  void otherFilesArePassedOverAndCounted(String text) {
    assertThat(lint("other.yml", text)).as(caller.said()).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEqualTo("1 file, 0 errors, 0 warnings\n");
    assertThat(caller.err()).isEqualTo("1 other file is no runbook (--verbose names them).\n");

    assertThat(caller.call("lint", "many/other.yml")).as("named").isEqualTo(ExitCode.FAILED);
  }

  @Test
  void groovyCountsByItsCalls() {
    assertThat(lint("Jenkinsfile.groovy", "pipeline {\n  steps { sh 'runbook' }\n}\n"))
        .as(caller.said())
        .isEqualTo(ExitCode.DONE);
    assertThat(lint("typo.groovy", "runbok('typo') {\n  sql('x') {\n    target 'db'\n  }\n}\n"))
        .as(caller.said())
        .isEqualTo(ExitCode.FAILED);
    assertThat(caller.out()).contains("many/typo.groovy:1:1: error");
    assertThat(caller.err()).startsWith("1 other file is no runbook");
  }

  @Test
  void anotherEncodingAndTooLargeAFileAreNoReasonToPass() throws IOException {
    lint("other.yaml", "");
    Files.write(folder.resolve("many/other.yaml"), SOUND.getBytes(StandardCharsets.UTF_16));
    assertThat(caller.call("lint", "many")).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out()).contains("encoded as UTF-16");
    Files.writeString(folder.resolve("many/other.yaml"), SOUND + "# x\n".repeat(100_000));
    assertThat(caller.call("lint", "many")).isEqualTo(ExitCode.FAILED);
    assertThat(caller.out()).contains("larger than the limit");
  }

  @Test
  void verboseNamesThemAndTheWorkspaceIsNotCounted() {
    assertThat(lint("job.yml", "a: 1\n")).isEqualTo(ExitCode.DONE);
    caller.file("many/pgrunbook.yaml", "store: s\n").file("many/more/chart.yaml", "b: 1\n");
    assertThat(caller.call("lint", "--verbose", "many")).isEqualTo(ExitCode.DONE);
    assertThat(caller.err())
        .isEqualTo("2 other files are no runbooks: many/job.yml, many/more/chart.yaml.\n");
    assertThat(caller.call("lint", "many", "--format", "sarif")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).startsWith("{").doesNotContain("no runbook");
  }

  @Test
  void aNameThatOnlyEndsLikeTheWorkspacesIsARunbooks() {
    assertThat(lint("tune-pgrunbook.yaml", "runbook: bad\n")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void listLeavesThemOut() {
    Caller home = new Caller(folder).file("runbooks/sound.yaml", SOUND);
    home.file("runbooks/job.yml", "a: 1\n").file("runbooks/typo.yaml", "targets: {}\n");
    assertThat(home.call("list")).isEqualTo(ExitCode.DONE);
    assertThat(home.out()).contains("sound ", "typo ", "does not load").doesNotContain("job");
  }
}
