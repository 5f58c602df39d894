package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlannedStep.PlannedItem;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.FailureText;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.TextTable;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows a run and prints what stays to be read of it. */
final class RunStory {

  private static final int ROWS = 50;
  private static final int INDENT = 4;
  private static final Duration PROBE_LINES = Duration.ofSeconds(5);
  private static final Duration WAIT_LINES = Duration.ofMinutes(1);
  private static final Duration RETRY_LINES = Duration.ofSeconds(30);
  private static final String CANCELED = "57014";

  private final Screen screen;
  private final Theme theme;
  private final StepNames names;
  private final StepLines lines;
  private final LiveLines liveLines;
  private final Clock clock;
  private final Detail detail;
  private final Farewell farewell;

  private final Map<StepAddress, Activity> running = new LinkedHashMap<>();
  private @Nullable Instant begun;
  private @Nullable StepEvent question;
  private @Nullable String failureTold;
  private @Nullable StepAddress lastTouched;

  RunStory(Screen screen, Plan plan, Clock clock, Detail detail, Farewell farewell) {
    this.screen = screen;
    this.theme = screen.theme();
    this.names = new StepNames(plan);
    this.lines = new StepLines(screen, names);
    this.liveLines = new LiveLines(lines);
    this.clock = clock;
    this.detail = detail;
    this.farewell = farewell;
  }

  void begin(RunState state) {
    begun = clock.instant();
    RunStarted started = state.started();
    if (started == null || detail == Detail.QUIET) {
      return;
    }
    List<String> head = new ArrayList<>();
    String name = DisplayText.line(started.runbook() + " " + started.version());
    String run = state.run() == null ? "" : "   run " + state.run();
    head.add(theme.paint(Role.HEADING, name) + theme.paint(Role.DIM, run));
    int widest = 0;
    for (String role : started.targets().keySet()) {
      widest = Math.max(widest, DisplayText.width(role));
    }
    for (Map.Entry<String, RunEvent.Target> target : started.targets().entrySet()) {
      String role = DisplayText.pad(DisplayText.line(target.getKey()), widest);
      String display = DisplayText.line(target.getValue().display());
      head.add("  " + theme.paint(Role.DIM, role) + "  " + display);
    }
    head.add("");
    screen.print(head);
  }

  /** Returns the live lines: what runs now, the innermost last. */
  List<String> live() {
    List<String> all = new ArrayList<>();
    for (Activity activity : running.values()) {
      boolean whole = activity.items != null || names.step(activity.address) instanceof GroupStep;
      if (!whole) {
        all.addAll(liveLines.of(activity, clock.instant()));
      }
    }
    return all;
  }

  private Activity activity(StepAddress address, Instant at) {
    lastTouched = address;
    return running.computeIfAbsent(address, key -> new Activity(key, at));
  }

  private Activity activity(StepAddress address) {
    return activity(address, clock.instant());
  }

  void heard(JournalRecord entry) {
    RunEvent event = entry.event();
    Instant since = begun == null ? entry.at() : begun;
    if (event instanceof RunFinished finished) {
      running.clear();
      Duration took = Duration.between(since, entry.at());
      boolean brief = detail == Detail.QUIET;
      boolean done = finished.outcome() == Outcome.DONE;
      screen.live(List.of());
      screen.print(farewell.ended(finished.outcome(), entry.run(), took, brief && done));
    } else if (event instanceof RunPaused pause) {
      running.clear();
      screen.live(List.of());
      screen.print(farewell.paused(pause, entry.run(), subject(pause)));
    }
  }

  private @Nullable StepEvent subject(RunPaused pause) {
    boolean doubt = pause.reason() == RunEvent.PauseReason.IN_DOUBT;
    return doubt && lastTouched != null ? new StepFinished(lastTouched) : question;
  }

  void heard(JournalRecord entry, StepEvent event) {
    StepAddress address = event.address();
    if (event instanceof StepStarted started) {
      Activity activity = activity(address, entry.at());
      activity.items = started.items();
      sql(address);
    } else if (event instanceof StepSkipped skipped) {
      tell(lines.skipped(address, skipped.reason()));
    } else if (event instanceof StepFinished) {
      finish(activity(address, entry.at()), entry.at());
    } else if (event instanceof StepFailed failed) {
      fail(activity(address, entry.at()), failed.message(), entry.at());
    } else if (event instanceof StatementPrepared prepared) {
      activity(address).completed(0, prepared.outcomes());
    } else if (event instanceof StatementCommitted committed) {
      activity(address).completed(committed.statements().size(), List.of());
    } else if (event instanceof StatementFinished finished) {
      activity(address).completed(finished.statements().size(), finished.outcomes());
    } else if (event instanceof StatementFailed failed) {
      refused(activity(address), failed);
    } else {
      answered(activity(address), event);
    }
  }

  private void answered(Activity activity, StepEvent event) {
    if (event instanceof ReviewRequested review) {
      question = review;
      activity.expected = review.count();
    } else if (event instanceof GateRequested gate) {
      question = gate;
    } else if (event instanceof ReviewAnswered review) {
      question = null;
      activity.facts.add(answer(review.answer().word(), review.by(), review.comment()));
    } else if (event instanceof GateAnswered gate) {
      question = null;
      activity.facts.add(answer(gate.answer().word(), gate.by(), gate.comment()));
    } else if (event instanceof RowsSaved saved) {
      String count = Quantities.count(saved.count(), "row");
      activity.facts.add(DisplayText.line(saved.variable()) + ": " + count);
    } else if (event instanceof VariableSet set && !set.value().isNull()) {
      activity.facts.add(DisplayText.line(set.variable() + " = " + set.value().display()));
    } else if (event instanceof OperatorMarked mark) {
      activity.facts.add(
          DisplayText.line(
              "marked " + mark.mark().word() + " by " + mark.by() + ": " + mark.reason()));
    }
  }

  private static String answer(String word, String by, @Nullable String comment) {
    String why = comment == null ? "" : " (" + comment + ")";
    return DisplayText.line(word + " by " + by + why);
  }

  private void finish(Activity activity, Instant at) {
    running.remove(activity.address);
    boolean told = activity.items != null && activity.items > 0;
    if (!told && !(names.step(activity.address) instanceof GroupStep)) {
      List<String> all = new ArrayList<>();
      all.add(lines.done(activity, at));
      all.addAll(activity.details);
      tell(all);
    }
  }

  /** A loop and a group fail with what failed in them; that has been told. */
  private void fail(Activity activity, String message, Instant at) {
    running.remove(activity.address);
    if (message.equals(failureTold)) {
      return;
    }
    failureTold = message;
    List<String> all = new ArrayList<>();
    all.add(lines.failed(activity, at));
    all.addAll(activity.details);
    all.add("");
    StatementFailed failure = activity.failure;
    List<String> why =
        failure == null
            ? List.of(DisplayText.lines(message.strip()).split("\n", -1))
            : new FailureText(theme).lines(failure);
    why.forEach(line -> all.add(" ".repeat(INDENT) + line));
    all.add("");
    screen.print(all);
  }

  private void refused(Activity activity, StatementFailed failed) {
    activity.blockers = List.of();
    ServerError error = failed.error();
    if (!failed.willRetry()) {
      activity.failure = failed;
      return;
    }
    if (error.sqlstate().equals(CANCELED)) {
      return;
    }
    activity.retries++;
    String what = error.condition() == null ? error.sqlstate() : error.condition();
    Instant now = clock.instant();
    boolean same =
        what.equals(activity.retryTold) && !isDue(activity.retryToldAt, now, RETRY_LINES);
    if (!same) {
      activity.retryTold = what;
      activity.retryToldAt = now;
      List<String> all = new ArrayList<>();
      all.add(lines.warning(activity.address, "will be tried again: " + error.message()));
      error.blockers().forEach(blocker -> all.add(blocker(blocker)));
      tell(all);
    }
  }

  private static boolean isDue(@Nullable Instant last, Instant now, Duration period) {
    return last == null || Duration.between(last, now).compareTo(period) >= 0;
  }

  private String blocker(String blocker) {
    String text = "blocked by " + DisplayText.line(blocker);
    return " ".repeat(INDENT) + theme.paint(Role.WARNING, text);
  }

  private void sql(StepAddress address) {
    PlannedItem item = detail == Detail.VERBOSE ? names.item(address) : null;
    if (item != null) {
      List<String> all = new ArrayList<>();
      item.statements()
          .forEach(
              planned -> {
                String sql = DisplayText.lines(planned.statement().display().strip());
                for (String line : sql.split("\n", -1)) {
                  all.add(" ".repeat(INDENT) + theme.paint(Role.DIM, line));
                }
              });
      tell(all);
    }
  }

  void rows(StepAddress address, Step step, Rows rows) {
    Activity activity = activity(address);
    boolean plainQuery = step instanceof QueryStep query && query.save() == null;
    if (plainQuery) {
      activity.facts.add(Quantities.count(rows.size(), "row"));
    }
    if (plainQuery || detail == Detail.VERBOSE) {
      int columns = screen.columns() - INDENT;
      TextTable table =
          screen.isTerminal()
              ? TextTable.windowed(theme, screen.glyphs(), columns)
              : TextTable.whole(theme, screen.glyphs(), columns);
      List<String> headers = rows.columns().stream().map(Rows.Column::name).toList();
      int limit = detail == Detail.VERBOSE ? Integer.MAX_VALUE : ROWS;
      for (String line : table.rows(headers, rows.rows(), limit, rows.truncated())) {
        activity.details.add(" ".repeat(INDENT) + line);
      }
    }
  }

  void generated(StepAddress address, int stage, List<String> statements) {
    String count = Quantities.count(statements.size(), "statement");
    Activity activity = activity(address);
    activity.facts.add("stage " + stage + ": " + count);
    if (detail == Detail.VERBOSE) {
      for (String statement : statements) {
        for (String line : DisplayText.lines(statement.strip()).split("\n", -1)) {
          activity.details.add(" ".repeat(INDENT) + theme.paint(Role.DIM, line));
        }
      }
    }
  }

  void sampled(ProbeSample sample) {
    Activity activity = activity(sample.address(), sample.at().minus(sample.elapsed()));
    boolean first = activity.sample == null;
    activity.sample = sample;
    activity.rate.sample(sample.at(), sample.done());
    if (sample.restarted()) {
      tell(lines.warning(sample.address(), "has started over"));
    }
    boolean due = isDue(activity.sampleToldAt, sample.at(), PROBE_LINES);
    if (!screen.isTerminal() && (due || first)) {
      activity.sampleToldAt = sample.at();
      ProbeText text = new ProbeText(sample, activity.rate, screen.glyphs());
      List<String> facts = new ArrayList<>(List.of(text.percentage(), text.amount()));
      facts.addAll(text.pace());
      facts.add(text.stillness());
      facts.add(text.state());
      facts.removeIf(String::isEmpty);
      tell(lines.running(activity, sample.elapsed(), facts));
    }
  }

  void waiting(StepAddress address, Duration remaining, String what) {
    Activity activity = activity(address);
    Instant now = clock.instant();
    activity.waitsUntil = now.plus(remaining);
    activity.waitsFor = DisplayText.line(what);
    boolean due = isDue(activity.sampleToldAt, now, WAIT_LINES);
    boolean retry = activity.retryToldAt != null;
    if (!screen.isTerminal() && due && !retry) {
      activity.sampleToldAt = now;
      String left = Quantities.roughDuration(remaining) + " " + activity.waitsFor;
      Duration elapsed = Duration.between(activity.startedAt, now);
      tell(lines.running(activity, elapsed, List.of(left)));
    }
  }

  void blocked(StepAddress address, List<String> blockers) {
    Activity activity = activity(address);
    activity.blockers = blockers;
    if (!screen.isTerminal()) {
      List<String> all = new ArrayList<>();
      all.add(lines.warning(address, "waits for a lock"));
      blockers.forEach(blocker -> all.add(blocker(blocker)));
      tell(all);
    }
  }

  void notice(StepAddress address, String text) {
    activity(address);
    screen.print(lines.warning(address, text));
  }

  private void tell(String line) {
    tell(List.of(line));
  }

  private void tell(List<String> all) {
    if (detail != Detail.QUIET && !all.isEmpty()) {
      screen.print(all);
    }
  }
}
