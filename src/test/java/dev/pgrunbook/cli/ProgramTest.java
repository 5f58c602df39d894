package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir Path state;

  @Test
  void versionIsTheBuildsAndGoesToStandardOutput() {
    assertThat(run("--version")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches("pgrunbook [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
    assertThat(err.size()).isZero();
  }

  @Test
  void overviewListsEveryCommand() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    for (CommandName name : CommandName.values()) {
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("\n  " + name.word() + " ");
    }
  }

  @Test
  void everyCommandExplainsItself() {
    for (CommandName name : CommandName.values()) {
      out.reset();
      assertThat(run(name.word(), "--help")).isEqualTo(ExitCode.DONE);
      String own = out.toString(StandardCharsets.UTF_8);
      assertThat(own).startsWith("Usage: pgrunbook " + name.word());
      out.reset();
      assertThat(run("help", name.word())).isEqualTo(ExitCode.DONE);
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(own);
    }
  }

  @Test
  void nothingAskedIsAMistake() {
    assertThat(run()).isEqualTo(ExitCode.INVALID);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Usage: pgrunbook");
  }

  @Test
  void mistypedCommandIsGuessed() {
    assertThat(run("hlep")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            """
            pgrunbook: unknown command 'hlep'. Did you mean 'help'?
              hint: `pgrunbook --help` lists the commands.
            """);
  }

  @Test
  void mistypedOptionIsGuessed() {
    assertThat(run("help", "--hlep=1")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("pgrunbook help: unknown option '--hlep'. Did you mean '--help'?");
  }

  @Test
  void whatIsNotNearIsNotGuessed() {
    assertThat(run("frobnicate")).isEqualTo(ExitCode.INVALID);
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("Did you mean");
  }

  @Test
  void defectIsOneLineAndALogFile() throws IOException {
    PrintStream broken =
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void print(String text) {
            throw new IllegalStateException("the stream is broken\nsecond line");
          }
        };
    ExitCode code = new Program(surroundings(broken)).run(List.of("--help", "password=x"));

    assertThat(code).isEqualTo(ExitCode.DEFECT);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("pgrunbook: a defect in pgrunbook itself:")
        .contains("the stream is broken")
        .contains(state.toString());
    try (Stream<Path> logs = Files.list(state.resolve("pgrunbook"))) {
      assertThat(Files.readString(logs.findFirst().orElseThrow()))
          .contains("IllegalStateException", "at dev.pgrunbook.cli.Program", "command: --help")
          .doesNotContain("password");
    }
  }

  private ExitCode run(String... arguments) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Program(surroundings(stream)).run(List.of(arguments));
  }

  private Surroundings surroundings(PrintStream stream) {
    return new Surroundings(
        stream,
        new PrintStream(err, true, StandardCharsets.UTF_8),
        InputStream.nullInputStream(),
        Map.of("XDG_STATE_HOME", state.toString()),
        state,
        ColorChoice.AUTO);
  }
}
