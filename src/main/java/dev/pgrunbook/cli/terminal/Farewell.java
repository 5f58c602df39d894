package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The last lines of a process: how the run stands, and exactly how to go on. */
final class Farewell {

  private static final String GIVE_UP = "gives up: runs what has to run last, and ends it";

  private static final int MOST_ANSWERS = 3;

  private final Screen screen;
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
    this.screen = screen;
    this.theme = screen.theme();
    this.glyphs = screen.glyphs();
    this.options = options.isEmpty() ? "" : " " + options;
  }

  List<String> ended(Outcome outcome, String run, Duration took) {
    List<String> lines = new ArrayList<>();
    String time = Quantities.duration(took);
    switch (outcome) {
      case DONE -> lines.add(summary(Role.GOOD, glyphs.done(), "done in " + time, run));
      case ABORTED -> lines.add(summary(Role.WARNING, glyphs.done(), "given up, tidied up", run));
      case FAILED -> {
        lines.add(summary(Role.ERROR, glyphs.failed(), "failed after " + time, run));
        lines.addAll(
            commands(
                List.of(
                    command("resume", run, "", "goes on with the step that failed"),
                    command("show", run, "", "tells all that happened"),
                    command("abort", run, "", GIVE_UP))));
      }
    }
    return lines;
  }

  /**
   * Returns why the run stands still, and what answers it.
   *
   * @param ends what it leaves open
   */
  List<String> paused(RunPaused pause, String run, LooseEnds ends) {
    List<String> lines = new ArrayList<>();
    String why = pause.message() == null ? pause.reason().word() : pause.message();
    Role role = pause.reason() == PauseReason.ENVIRONMENT ? Role.ERROR : Role.WARNING;
    List<String> told = DisplayText.lines(why).lines().toList();
    lines.add(summary(role, glyphs.dot(), "paused: " + (told.isEmpty() ? "" : told.get(0)), run));
    told.stream().skip(1).forEach(line -> lines.add("  " + line));
    lines.addAll(commands(waysOn(pause.reason(), run, ends)));
    return lines;
  }

  private List<Command> waysOn(PauseReason reason, String run, LooseEnds ends) {
    return switch (reason) {
      case WAITING -> answers(run, ends.questions());
      case IN_DOUBT -> marks(run, ends.doubts());
      case REJECTED ->
          List.of(command("resume", run, "", "asks again"), command("abort", run, "", GIVE_UP));
      case DIFFERS ->
          List.of(
              command("resume", run, "", "goes on when it is as planned again"),
              command("abort", run, "", GIVE_UP));
      case OPERATOR, ENVIRONMENT -> List.of(command("resume", run, "", "goes on where it stopped"));
    };
  }

  private List<Command> answers(String run, List<StepEvent> questions) {
    List<StepEvent> byCommand =
        questions.stream()
            .filter(
                question ->
                    question instanceof ReviewRequested
                        || (question instanceof GateRequested gate
                            && gate.gate() != GateKind.MANUAL))
            .toList();
    List<Command> ways = new ArrayList<>();
    ways.add(command("resume", run, "", "asks at the terminal, and goes on"));
    String does = "says yes from anywhere; resume then goes on";
    for (StepEvent question : byCommand.subList(0, Math.min(MOST_ANSWERS, byCommand.size()))) {
      ways.add(command("approve", run, " " + question.address(), does));
      does = "and to this one";
    }
    if (byCommand.size() > MOST_ANSWERS) {
      ways.add(command("show", run, "", "tells of all " + byCommand.size() + " questions"));
    } else if (!byCommand.isEmpty()) {
      ways.add(command("reject", run, " " + byCommand.get(0).address(), "says no"));
    }
    return ways;
  }

  private List<Command> marks(String run, List<StepAddress> doubts) {
    String step = doubts.isEmpty() ? "STEP" : doubts.get(0).toString();
    return List.of(
        command("resume", run, " --mark " + step + "=done --reason TEXT", "it took effect"),
        command("resume", run, " --mark " + step + "=again --reason TEXT", "it did not"),
        command("resume", run, "", "tells what is known, and asks"));
  }

  private String summary(Role role, String mark, String what, String run) {
    String name = theme.paint(Role.DIM, "   run " + run);
    return theme.paint(role, mark + " " + what) + name;
  }

  /** Returns commands in a column, what each does beside it. */
  private List<String> commands(List<Command> commands) {
    int widest = 0;
    for (Command command : commands) {
      widest = Math.max(widest, DisplayText.width(command.typed()));
    }
    List<String> lines = new ArrayList<>();
    boolean beside = true;
    for (Command command : commands) {
      beside &= 5 + widest + DisplayText.width(command.does()) <= screen.columns();
    }
    for (Command command : commands) {
      String does = theme.paint(Role.DIM, command.does());
      if (beside) {
        lines.add("  " + DisplayText.pad(command.typed(), widest) + "   " + does);
      } else {
        lines.add("  " + command.typed());
        lines.add("      " + does);
      }
    }
    return lines;
  }

  private Command command(String word, String run, String more, String does) {
    return new Command("pgrunbook " + word + " " + run + more + options, does);
  }

  private record Command(String typed, String does) {}
}
