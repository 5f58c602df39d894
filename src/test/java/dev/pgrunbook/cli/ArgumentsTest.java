package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} is given, as far as no database is needed: a check of parameters only. */
class ArgumentsTest {
  private static final String RUNBOOK =
      """
      runbook: arguments
      version: "1.0.0"
      title: Arguments
      params:
        names: {type: "text[]", required: true, example: [a, "b c"]}
        count: {type: integer, default: 3, min: 1}
        filter: {type: json}
        key: {type: secret, pattern: "[a-z]+"}
      steps:
        - {id: ask, gate: "names ${string(size(names))}, count ${string(count)}"}
        - {id: hidden, gate: "the filter is ${filter.a == null} ${key == null}"}
      """;

  @TempDir Path folder;
  private Caller caller;

  @BeforeEach
  void writeRunbook() {
    caller = new Caller(folder).file("arguments.yaml", RUNBOOK);
  }

  @Test
  void aListTakesSeveralOptions() {
    assertThat(run("-p", "names=a", "-p", "count=7", "--param", "names=b,c"))
        .isEqualTo(ExitCode.PAUSED);
    assertThat(shown()).contains("names   a, b,c\n", "count   7\n");
  }

  @Test
  void aListTakesAJsonArray() {
    assertThat(run("-p", "names=[\"x\", \"y=z\"]")).isEqualTo(ExitCode.PAUSED);
    assertThat(shown()).contains("names   x, y=z\n", "count   3\n");
  }

  @Test
  void aFileOfParametersIsYamlOrJson() {
    caller.file("p.yaml", "names: [a, b]\nfilter: {a: 1, b: [x, null, '2']}\n");
    assertThat(run("--params", "p.yaml", "--run-id", "yaml")).isEqualTo(ExitCode.PAUSED);
    assertThat(shown("yaml")).contains("a, b\n", "filter  {\"a\":1,\"b\":[\"x\",null,\"2\"]}\n");

    caller.file("p.json", "{\"names\": \"alone\", \"count\": 9, \"filter\": {\"a\": true}}");
    assertThat(run("--params", "p.json", "--run-id", "json")).isEqualTo(ExitCode.PAUSED);
    assertThat(shown("json")).contains("alone\n", "count   9\n", "filter  {\"a\":true}\n");
  }

  @Test
  void optionsWinOverTheFile() {
    caller.file("p.yaml", "names: [a, b]\ncount: 5\n");
    assertThat(run("--params", "p.yaml", "-p", "names=c")).isEqualTo(ExitCode.PAUSED);
    assertThat(shown()).contains("names   c\n", "count   5\n");
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    assertThat(run("-p", "name=a", "-p", "count=none", "-p", "nonsense"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(caller.err())
        .contains(
            "-p takes NAME=VALUE, not \"nonsense\"",
            "arguments has no parameter \"name\"",
            "did you mean \"names\"?",
            "the parameter \"names\" is required",
            "give it with -p names=a -p names='b c'",
            "\"none\" is not an integer");
    assertThat(caller.out()).isEmpty();
    assertThat(caller.call("runs")).isEqualTo(ExitCode.DONE);
    assertThat(caller.out()).isEqualTo("There are no runs.\n");
  }

  @Test
  void aMistakeInAFileIsShownInItsPlace() {
    caller.file("p.yaml", "names: [a]\ncount: zero\n");
    assertThat(run("--params", "p.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("p.yaml:2:8: error[", "count: zero");
  }

  @Test
  void aFileMustBeThereAndAMapping() {
    assertThat(run("--params", "none.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("none.yaml", "no such file");

    caller.file("list.yaml", "- a\n- b\n");
    assertThat(run("--params", "list.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("a file of parameters is a mapping");

    caller.file("deep.yaml", "names: {a: b}\n");
    assertThat(run("--params", "deep.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("a text or a list of texts, not a mapping");

    caller.file("absent.yaml", "names:\n");
    assertThat(run("--params", "absent.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("not nothing", "leave the line out");
  }

  @Test
  void aSecretThatDoesNotFitIsNotRepeated() {
    caller.file("p.yaml", "names: [a]\nkey: GEHEIM1\n");
    assertThat(run("--params", "p.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("the secret").doesNotContain("GEHEIM1");

    assertThat(run("-p", "names=a", "-p", "key=GEHEIM2")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("the secret").doesNotContain("GEHEIM2");
  }

  @Test
  void oneValueIsOne() {
    assertThat(run("-p", "names=a", "-p", "count=4", "-p", "count=5")).isEqualTo(ExitCode.INVALID);
    assertThat(caller.err()).contains("\"count\" takes one value, not 2");
  }

  private ExitCode run(String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "run";
    words[1] = "arguments.yaml";
    System.arraycopy(more, 0, words, 2, more.length);
    return caller.call(words);
  }

  /** Shows the only run. */
  private String shown() {
    assertThat(caller.call("runs")).isEqualTo(ExitCode.DONE);
    String line = caller.out().lines().skip(1).findFirst().orElseThrow();
    return shown(line.substring(0, line.indexOf(' ')));
  }

  private String shown(String run) {
    assertThat(caller.call("show", run)).isEqualTo(ExitCode.DONE);
    return caller.out();
  }
}
