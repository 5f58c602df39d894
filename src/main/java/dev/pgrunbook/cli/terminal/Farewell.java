package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last lines of a process: how the run stands, and exactly how to go on. */
final class Farewell {

  private final Theme theme;
  private final Glyphs glyphs;
  private final String options;

  /**
   * Takes what commands need.
   *
   * @param options what every command needs after its run, such as {@code --store runs}; empty for
   *     nothing
   */
  Farewell(Screen screen, String options) {
    this.theme = screen.theme();
    this.glyphs = screen.glyphs();
    this.options = options.isEmpty() ? "" : " " + options;
  }

  List<String> ended(Outcome outcome, String run, Duration took, boolean brief) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    String time = Quantities.duration(took);
    switch (outcome) {
      case DONE -> lines.add(summary(Role.GOOD, glyphs.done(), "done in " + time, run));
      case ABORTED -> lines.add(summary(Role.WARNING, glyphs.done(), "given up, tidied up", run));
      case FAILED -> {
        lines.add(summary(Role.ERROR, glyphs.failed(), "failed after " + time, run));
        lines.add(command("resume", run, "", "goes on with the step that failed"));
        lines.add(command("show", run, "", "tells all that happened"));
        lines.add(command("abort", run, "", "gives up: runs what has to run last, and ends it"));
      }
    }
    return brief && outcome == Outcome.DONE ? lines.subList(1, 2) : lines;
  }

  /**
   * Returns why the run stands still, and what answers it.
   *
   * @param question what was asked last and not answered, or null
   */
  List<String> paused(RunPaused pause, String run, @Nullable StepEvent question) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    String why = pause.message() == null ? pause.reason().word() : pause.message();
    Role role = pause.reason() == PauseReason.ENVIRONMENT ? Role.ERROR : Role.WARNING;
    lines.add(summary(role, glyphs.dot(), "paused: " + DisplayText.lines(why), run));
    switch (pause.reason()) {
      case WAITING -> lines.addAll(answers(run, question));
      case IN_DOUBT -> lines.addAll(marks(run, question));
      case REJECTED -> {
        lines.add(command("resume", run, "", "asks again"));
        lines.add(command("abort", run, "", "gives up: runs what has to run last, and ends it"));
      }
      case OPERATOR, ENVIRONMENT ->
          lines.add(command("resume", run, "", "goes on where it stopped"));
    }
    return lines;
  }

  private List<String> answers(String run, @Nullable StepEvent question) {
    List<String> lines = new ArrayList<>();
    boolean byCommand =
        question instanceof ReviewRequested
            || (question instanceof GateRequested gate && gate.gate() != GateKind.MANUAL);
    lines.add(command("resume", run, "", "asks at the terminal, and goes on"));
    if (question != null && byCommand) {
      String step = " " + question.address();
      lines.add(command("approve", run, step, "says yes from anywhere; resume then goes on"));
      lines.add(command("reject", run, step, "says no"));
    }
    return lines;
  }

  private List<String> marks(String run, @Nullable StepEvent about) {
    String step = about == null ? "STEP" : about.address().toString();
    return List.of(
        command("resume", run, " --mark " + step + "=done --reason TEXT", "it took effect"),
        command("resume", run, " --mark " + step + "=again --reason TEXT", "it did not"),
        command("resume", run, "", "tells what is known, and asks"));
  }

  private String summary(Role role, String mark, String what, String run) {
    String name = theme.paint(Role.DIM, "   run " + run);
    return theme.paint(role, mark + " " + what) + name;
  }

  private String command(String word, String run, String more, String does) {
    String typed = "pgrunbook " + word + " " + run + more + options;
    String padded = DisplayText.pad(typed, 56);
    return "  " + padded + "  " + theme.paint(Role.DIM, does);
  }
}
