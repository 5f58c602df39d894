package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.OperatorNote;
import dev.pgrunbook.journal.RunEvent.OperatorSql;
import dev.pgrunbook.journal.RunEvent.PauseReason;
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
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.FailureText;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows a run and prints what stays to be read of it. */
final class RunStory {

  private static final int MOST_NEXT = 3;
  private static final Duration PROBE_LINES = Duration.ofSeconds(5);
  private static final Duration STATEMENT_LINES = Duration.ofSeconds(30);
  private static final Duration WAIT_LINES = Duration.ofMinutes(1);
  private static final Duration RETRY_LINES = Duration.ofSeconds(30);

  /** What a statement fails with when the operator has stopped it. */
  private static final String QUERY_CANCELED = "57014";

  private final Screen screen;
  private final StepNames names;
  private final StepLines lines;
  private final LiveLines liveLines;
  private final DetailLines details;
  private final Narrator narrator;
  private final Clock clock;
  private final Detail detail;
  private final Farewell farewell;

  private final Map<StepAddress, Activity> running = new LinkedHashMap<>();
  private final Headway headway;
  private @Nullable Instant begun;
  private @Nullable StepEvent question;
  private @Nullable StepEvent last;
  private final Set<String> failuresTold = new HashSet<>();

  RunStory(Screen screen, Plan plan, Clock clock, Detail detail, Farewell farewell) {
    this.screen = screen;
    this.names = new StepNames(plan);
    this.headway = new Headway(plan.runbook().steps());
    this.lines = new StepLines(screen, names);
    this.liveLines = new LiveLines(lines);
    this.details = new DetailLines(screen, detail);
    this.narrator = new Narrator(screen, detail);
    this.clock = clock;
    this.detail = detail;
    this.farewell = farewell;
  }

  /** Tells what goes on; of a run that begins the first record tells. */
  void begin(RunState state) {
    begun = clock.instant();
    RunStarted opening = state.started();
    boolean goesOn = state.lastSeq() > 1;
    if (opening != null && goesOn) {
      narrator.tell(Opening.of(opening, String.valueOf(state.run()), screen.theme()));
      headway.recall(state);
      if (!state.steps().isEmpty()) {
        narrator.tell(Opening.resumed(state, screen.theme()));
      }
    }
  }

  /**
   * Returns the live lines: what runs now, the innermost last, then what is ahead; as many as there
   * is room for, for lines above the first row could not be drawn again.
   */
  List<String> live() {
    Instant now = clock.instant();
    List<String> all = new ArrayList<>();
    for (Activity activity : running.values()) {
      if (activity.items == null && !isGroup(activity)) {
        all.addAll(liveLines.of(activity, now));
      }
    }
    int room = screen.rows() - 1;
    if (!all.isEmpty() && all.size() < room) {
      int most = Math.min(MOST_NEXT, room - all.size() - 1);
      Duration elapsed = Duration.between(begun == null ? now : begun, now);
      all.addAll(liveLines.outlook(headway.outlook(elapsed, most)));
    }
    return all.size() <= room ? all : all.subList(all.size() - room, all.size());
  }

  private boolean isGroup(Activity activity) {
    return names.step(activity.address) instanceof GroupStep;
  }

  /** A resumed step goes on without a word that it has started. */
  private Activity activity(StepAddress address, Instant at) {
    return running.computeIfAbsent(address, key -> new Activity(key, at));
  }

  private Activity activity(StepAddress address) {
    return activity(address, clock.instant());
  }

  void heard(JournalRecord entry) {
    RunEvent event = entry.event();
    begun = begun == null ? entry.at() : begun;
    if (event instanceof RunStarted opening) {
      narrator.tell(Opening.of(opening, entry.run(), screen.theme()));
    } else if (event instanceof RunFinished finished) {
      Duration took = Duration.between(begun, entry.at());
      goodbye(farewell.ended(finished.outcome(), entry.run(), took));
    } else if (event instanceof RunPaused pause) {
      boolean doubt = pause.reason() == PauseReason.IN_DOUBT;
      goodbye(farewell.paused(pause, entry.run(), doubt ? last : question));
    }
  }

  private void goodbye(List<String> words) {
    running.clear();
    screen.live(List.of());
    narrator.tell(List.of(""));
    narrator.insist(words);
  }

  void heard(JournalRecord entry, StepEvent event) {
    StepAddress address = event.address();
    last = event;
    if (isAside(event)) {
      return;
    }
    headway.begins(address);
    if (event instanceof StepSkipped skipped) {
      headway.settles(address);
      running.remove(address);
      narrator.tell(lines.skipped(address, skipped.reason()));
      return;
    }
    if (event instanceof OperatorMarked mark && !running.containsKey(address)) {
      // Tried again, it may fail with the same words, which are news then.
      failuresTold.clear();
      narrator.tell(lines.marked(mark));
      return;
    }
    Activity activity = activity(address, entry.at());
    if (event instanceof StepStarted start) {
      start(activity, start);
    } else if (event instanceof StepFinished) {
      finish(activity, entry.at());
    } else if (event instanceof StepFailed failed) {
      fail(activity, failed.message(), entry.at());
    } else if (event instanceof StatementFailed failed) {
      refused(activity, failed);
    } else if (event instanceof StatementPrepared prepared) {
      activity.completed(0, prepared.outcomes());
    } else if (event instanceof StatementCommitted committed) {
      activity.completed(committed.statements().size(), List.of());
    } else if (event instanceof StatementFinished finished) {
      activity.completed(finished.statements().size(), finished.outcomes());
    } else {
      answered(activity, event);
    }
  }

  /** What operators do beside the steps, they know. */
  private static boolean isAside(StepEvent event) {
    return event instanceof OperatorNote
        || event instanceof OperatorSql
        || event instanceof VariableSet set && set.by() != null;
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
      String word = "marked " + mark.mark().word();
      activity.facts.add(answer(word, mark.by(), mark.reason()));
    }
  }

  private static String answer(String word, String by, @Nullable String comment) {
    String why = comment == null ? "" : " (" + comment + ")";
    return DisplayText.line(word + " by " + by + why);
  }

  private void start(Activity activity, StepStarted started) {
    activity.items = started.items();
    PlannedItem item = detail == Detail.VERBOSE ? names.item(activity.address) : null;
    if (item != null) {
      narrator.tell(details.planned(item));
    }
  }

  private void finish(Activity activity, Instant at) {
    headway.settles(activity.address);
    running.remove(activity.address);
    boolean told = activity.items != null && activity.items > 0;
    if (!told && !isGroup(activity)) {
      List<String> all = new ArrayList<>(lines.done(activity, at));
      all.addAll(activity.details);
      narrator.tell(all);
    }
  }

  /** A loop and a group fail with what failed in them; that has been told. */
  private void fail(Activity activity, String message, Instant at) {
    running.remove(activity.address);
    boolean holdsOthers = activity.items != null || isGroup(activity);
    boolean toldWithin = holdsOthers && !failuresTold.isEmpty();
    if (!failuresTold.add(message)) {
      return;
    }
    List<String> all = new ArrayList<>(lines.failed(activity, at));
    all.addAll(activity.details);
    all.add("");
    StatementFailed failure = activity.failure;
    all.addAll(
        details.indented(
            failure == null
                ? messageLines(message, toldWithin)
                : new FailureText(screen.theme()).lines(failure)));
    all.add("");
    narrator.insist(all);
  }

  /** Of what has failed in a loop or a group, each has been told: how many they are is left. */
  private static List<String> messageLines(String message, boolean toldWithin) {
    List<String> lines = DisplayText.lines(message.strip()).lines().toList();
    return toldWithin ? lines.subList(0, Math.min(1, lines.size())) : lines;
  }

  private void refused(Activity activity, StatementFailed failed) {
    activity.blockers = List.of();
    ServerError error = failed.error();
    if (!failed.willRetry()) {
      activity.failure = failed;
      return;
    }
    if (error.sqlstate().equals(QUERY_CANCELED)) {
      return;
    }
    activity.retries++;
    Instant now = clock.instant();
    boolean known = error.sqlstate().equals(activity.retryTold);
    if (!known || isDue(activity.retryToldAt, now, RETRY_LINES)) {
      activity.retryTold = error.sqlstate();
      activity.retryToldAt = now;
      String text = "will be tried again: " + error.message();
      List<String> all = new ArrayList<>(warning(activity.address, text));
      if (!error.blockers().equals(activity.blockersTold)) {
        all.addAll(lines.blockers(error.blockers()));
      }
      narrator.tell(all);
    }
  }

  private List<String> warning(StepAddress address, String text) {
    headway.warns();
    return lines.warning(address, text);
  }

  private static boolean isDue(@Nullable Instant last, Instant now, Duration period) {
    return last == null || Duration.between(last, now).compareTo(period) >= 0;
  }

  void rows(StepAddress address, Step step, Rows rows) {
    Activity activity = activity(address);
    boolean shown = step instanceof QueryStep query && query.save() == null;
    if (shown) {
      String more = rows.truncated() ? "more than " : "";
      activity.facts.add(more + Quantities.count(rows.size(), "row"));
    }
    if (shown || detail == Detail.VERBOSE) {
      activity.details.addAll(details.rows(rows));
    }
  }

  void generated(StepAddress address, int stage, List<String> statements) {
    Activity activity = activity(address);
    String count = Quantities.count(statements.size(), "statement");
    activity.facts.add("stage " + stage + ": " + count);
    if (detail == Detail.VERBOSE) {
      statements.forEach(statement -> activity.details.addAll(details.sql(statement)));
    }
  }

  void sampled(ProbeSample sample) {
    Activity activity = activity(sample.address(), sample.at().minus(sample.elapsed()));
    activity.sample = sample;
    activity.measure = Measure.of(sample);
    activity.rate.sample(sample.at(), sample.done());
    if (sample.restarted()) {
      narrator.tell(warning(sample.address(), "has started over"));
    }
    if (!screen.isTerminal() && isDue(activity.toldAt, sample.at(), PROBE_LINES)) {
      activity.toldAt = sample.at();
      ProbeText text = new ProbeText(Measure.of(sample), activity.rate, screen.glyphs());
      narrator.tell(lines.running(activity, sample.elapsed(), text.facts()));
    }
  }

  void progressed(StepAddress address, Instant at, StatementProgress progress) {
    Activity activity = activity(address);
    activity.progressed(progress, at);
    Measure measure = activity.measure;
    if (!screen.isTerminal() && measure != null && isDue(activity.toldAt, at, STATEMENT_LINES)) {
      activity.toldAt = at;
      List<String> facts = new ArrayList<>(List.of(DisplayText.line(measure.label())));
      facts.addAll(new ProbeText(measure, activity.rate, screen.glyphs()).facts());
      narrator.tell(lines.running(activity, Duration.between(activity.startedAt, at), facts));
    }
  }

  void waiting(StepAddress address, Duration remaining, String what) {
    Activity activity = activity(address);
    Instant now = clock.instant();
    activity.waitsUntil = now.plus(remaining);
    activity.waitsFor = DisplayText.line(what);
    boolean retry = activity.retryToldAt != null;
    if (!screen.isTerminal() && !retry && isDue(activity.toldAt, now, WAIT_LINES)) {
      activity.toldAt = now;
      String left = Quantities.roughDuration(remaining) + " " + activity.waitsFor;
      Duration elapsed = Duration.between(activity.startedAt, now);
      narrator.tell(lines.running(activity, elapsed, List.of(left)));
    }
  }

  void blocked(StepAddress address, List<String> blockers) {
    Activity activity = activity(address);
    activity.blockers = blockers;
    if (!screen.isTerminal() && !blockers.isEmpty()) {
      activity.blockersTold = blockers;
      List<String> all = new ArrayList<>(warning(address, "waits for a lock"));
      all.addAll(lines.blockers(blockers));
      narrator.tell(all);
    }
  }

  void notice(String text) {
    narrator.insist(List.of(screen.theme().paint(Role.WARNING, "! " + DisplayText.line(text))));
  }

  /** The journal ends before this, so that nothing of it can be told by a record. */
  void storeFailed(String run, String sentence) {
    RunPaused pause = new RunPaused(PauseReason.ENVIRONMENT, sentence);
    goodbye(farewell.paused(pause, run, null));
  }

  void notice(StepAddress address, String text) {
    narrator.insist(warning(address, text));
  }
}
