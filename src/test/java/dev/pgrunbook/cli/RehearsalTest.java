package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that fails at once is a poor rehearsal, and nobody would notice but by a watch. */
class RehearsalTest {

  @TempDir Path directory;

  @Test
  void everyCommandDoesWhatItIsRehearsedFor() throws Exception {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Program program = new Program(Rehearsal.surroundings(nowhere, directory));
    List<String> ends = new ArrayList<>();
    for (List<String> arguments : Rehearsal.usual(directory)) {
      ends.add(arguments.get(0) + " " + program.run(arguments));
    }
    assertThat(ends)
        .containsExactly(
            "--version DONE",
            "--help DONE",
            "help DONE",
            "hepl INVALID",
            "lint DONE",
            "lint DONE",
            "convert DONE",
            "run PAUSED");
  }
}
