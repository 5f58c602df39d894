package dev.pgrunbook.render;

import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.ProbeFinished;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.render.Theme.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of a run: how each stands, why it failed, what it waits for. */
final class StepReport {

  private static final int TIME = 8;

  private final Theme theme;
  private final Glyphs glyphs;
  private final int wrapAt;
  private final String run;
  private final String options;

  StepReport(Theme theme, Glyphs glyphs, int wrapAt, String run, String options) {
    this.wrapAt = wrapAt;
    this.theme = theme;
    this.glyphs = glyphs;
    this.run = run;
    this.options = options.isEmpty() ? "" : " " + options;
  }

  /** Returns a line for every step and item that has begun, and for every other of the runbook. */
  List<String> steps(RunState state, @Nullable Runbook runbook) {
    Map<StepAddress, StepState> all = new LinkedHashMap<>();
    if (runbook != null) {
      for (Step step : runbook.allSteps()) {
        StepAddress whole = StepAddress.of(step.id());
        state.steps().entrySet().stream()
            .filter(known -> known.getKey().step().equals(step.id()))
            .sorted(Map.Entry.comparingByKey(StepAddress.ITEMS))
            .forEach(known -> all.put(known.getKey(), known.getValue()));
        all.computeIfAbsent(whole, key -> StepState.pending());
      }
    }
    all.putAll(withoutKnown(state.steps(), all));
    int widest = 0;
    for (StepAddress address : all.keySet()) {
      widest = Math.max(widest, DisplayText.width(address.toString()));
    }
    ItemScopes scopes = new ItemScopes(state, runbook);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<StepAddress, StepState> step : all.entrySet()) {
      lines.addAll(line(step.getKey(), step.getValue(), widest, runbook, scopes));
    }
    return lines;
  }

  private static Map<StepAddress, StepState> withoutKnown(
      Map<StepAddress, StepState> steps, Map<StepAddress, StepState> known) {
    Map<StepAddress, StepState> rest = new LinkedHashMap<>(steps);
    rest.keySet().removeAll(known.keySet());
    return rest;
  }

  private List<String> line(
      StepAddress address,
      StepState step,
      int widest,
      @Nullable Runbook runbook,
      ItemScopes scopes) {
    Duration elapsed = step.elapsed();
    boolean timed = elapsed != null && step.status() != Status.SKIPPED;
    String time = timed && elapsed != null ? Quantities.duration(elapsed) : "";
    String name = DisplayText.pad(DisplayText.line(address.toString()), widest);
    String text =
        String.join(
            theme.paint(Role.DIM, " " + glyphs.dot() + " "), texts(address, step, runbook, scopes));
    String line = mark(step) + " " + name + " " + DisplayText.padLeft(time, TIME) + "  " + text;
    return Ansi.wrap("  " + line.stripTrailing(), wrapAt, widest + TIME + 7);
  }

  private List<String> texts(
      StepAddress address, StepState step, @Nullable Runbook runbook, ItemScopes scopes) {
    List<String> texts = new ArrayList<>();
    Step known = runbook == null ? null : runbook.step(address.step());
    String title = known == null ? null : known.header().documentation().title();
    if (title != null && address.items().isEmpty()) {
      texts.add(DisplayText.line(title));
    }
    String label = scopes.label(address);
    if (!label.isEmpty()) {
      texts.add(DisplayText.line(label));
    }
    List<String> facts = facts(step);
    if (!facts.isEmpty()) {
      texts.add(theme.paint(Role.DIM, String.join(", ", facts)));
    }
    return texts;
  }

  private static List<String> facts(StepState step) {
    List<String> facts = new ArrayList<>();
    if (step.status() == Status.SKIPPED && step.message() != null) {
      facts.add("skipped, " + DisplayText.line(step.message()));
    }
    if (step.completedStatements() > 0) {
      facts.add(Quantities.count(step.completedStatements(), "statement"));
    }
    if (step.committedRows() > 0) {
      facts.add(Quantities.count(step.committedRows(), "row"));
    }
    for (GateAnswered gate : step.gateAnswers()) {
      facts.add(said(gate.answer().word(), gate.by(), gate.comment()));
    }
    ReviewAnswered review = step.reviewAnswered();
    if (review != null) {
      facts.add(said(review.answer().word(), review.by(), review.comment()));
    }
    OperatorMarked mark = step.mark();
    if (mark != null) {
      facts.add(said("marked " + mark.mark().word(), mark.by(), mark.reason()));
    }
    ProbeFinished probe = step.probe();
    if (probe != null) {
      facts.add(probe.outcome() + " after " + Quantities.count(probe.samples(), "poll"));
    }
    return facts;
  }

  private static String said(String what, String by, @Nullable String why) {
    return DisplayText.line(what + " by " + by + (why == null ? "" : " (" + why + ")"));
  }

  private String mark(StepState step) {
    return switch (step.status()) {
      case PENDING -> " ";
      case RUNNING -> theme.paint(Role.WARNING, glyphs.running());
      case DONE -> theme.paint(Role.GOOD, glyphs.done());
      case SKIPPED -> theme.paint(Role.DIM, glyphs.dot());
      case FAILED -> theme.paint(Role.ERROR, glyphs.failed());
    };
  }

  /** Returns why steps failed; a loop fails with its item, and is not told again. */
  List<String> failures(RunState state) {
    Map<String, StepAddress> reasons = new LinkedHashMap<>();
    state
        .steps()
        .forEach(
            (address, step) -> {
              if (step.status() == Status.FAILED && step.message() != null) {
                reasons.merge(
                    step.message(), address, (a, b) -> a.items().size() < b.items().size() ? b : a);
              }
            });
    List<String> lines = new ArrayList<>();
    reasons.forEach((message, address) -> lines.addAll(failure(state, address, message)));
    return lines;
  }

  private List<String> failure(RunState state, StepAddress address, String message) {
    List<String> lines = new ArrayList<>();
    String mark = theme.paint(Role.ERROR, glyphs.failed());
    lines.add("  " + mark + " " + theme.paint(Role.HEADING, DisplayText.line(address.toString())));
    StatementFailed failed = state.step(address).lastFailure();
    boolean server = failed != null && message.startsWith(failed.error().message());
    List<String> why =
        failed != null && server
            ? new FailureText(theme).lines(failed)
            : List.of(DisplayText.lines(message.strip()).split("\n", -1));
    why.forEach(line -> lines.add("    " + line));
    return lines;
  }

  /** Returns the questions that nobody has answered, each with what answers it. */
  List<String> waiting(RunState state) {
    List<String> lines = new ArrayList<>();
    state
        .steps()
        .forEach(
            (address, step) -> {
              if (state.isWaiting(address)) {
                lines.addAll(question(address, step));
              }
            });
    return lines;
  }

  private List<String> question(StepAddress address, StepState step) {
    List<String> lines = new ArrayList<>();
    ReviewRequested review = step.reviewRequested();
    GateRequested gate = step.gateRequested();
    String name = theme.paint(Role.HEADING, DisplayText.line(address.toString()));
    if (review != null && step.isReviewWaiting()) {
      String count = Quantities.count(review.count(), "statement");
      lines.add("  " + name + " waits for a review of " + count);
      lines.add("    pgrunbook approve " + run + " " + address + options);
    } else if (gate != null) {
      String asked = DisplayText.lines(gate.text().strip()).replace("\n", "\n    ");
      lines.add("  " + name + ": " + asked);
      boolean byHand = gate.gate() == GateKind.MANUAL;
      lines.add(
          "    pgrunbook "
              + (byHand ? "resume " + run : "approve " + run + " " + address)
              + options);
    }
    return lines;
  }
}
