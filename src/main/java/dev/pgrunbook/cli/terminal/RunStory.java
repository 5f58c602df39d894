package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.OperatorNote;
import dev.pgrunbook.journal.RunEvent.OperatorSql;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a run and prints what stays to be read of it. */
final class RunStory {

  private final Screen screen;
  private final StepNames names;
  private final StepLines lines;
  private final DetailLines details;
  private final Narrator narrator;
  private final Clock clock;
  private final Detail detail;
  private final Farewell farewell;
  private final Activities activities;
  private final Headway headway;
  private final LooseEnds ends = new LooseEnds();
  private final FailureStory failures;
  private final Bulletins bulletins;
  private final LiveView view;
  private @Nullable Instant begun;

  RunStory(Screen screen, Plan plan, Clock clock, Detail detail, Farewell farewell) {
    this.screen = screen;
    this.names = new StepNames(plan);
    this.lines = new StepLines(screen, names);
    this.details = new DetailLines(screen, detail);
    this.narrator = new Narrator(screen, detail);
    this.clock = clock;
    this.detail = detail;
    this.farewell = farewell;
    this.activities = new Activities(names);
    this.headway = new Headway(plan.runbook().steps());
    this.failures = new FailureStory(screen.theme(), names, lines, details, narrator);
    this.bulletins = new Bulletins(screen, lines, narrator, activities);
    this.view = new LiveView(screen, new LiveLines(lines), activities, headway);
  }

  /** Tells what goes on; of a run that begins the first record tells. */
  void begin(RunState state) {
    begun = clock.instant();
    RunStarted opening = state.started();
    boolean goesOn = state.lastSeq() > 1;
    if (opening != null && goesOn) {
      narrator.tell(Opening.of(opening, String.valueOf(state.run()), screen.theme()));
      headway.recall(state);
      activities.recall(state);
      ends.recall(state);
      if (!state.steps().isEmpty()) {
        narrator.tell(Opening.resumed(state, screen.theme()));
      }
    }
  }

  /** Returns the lines that are drawn in place. */
  List<String> live() {
    Instant now = clock.instant();
    return view.lines(begun == null ? now : begun, now);
  }

  /** A resumed step goes on without a word that it has started. */
  private Activity activity(StepAddress address) {
    return activities.begin(address, clock.instant());
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
      goodbye(farewell.paused(pause, entry.run(), ends));
    }
  }

  private void goodbye(List<String> words) {
    activities.clear();
    screen.live(List.of());
    narrator.tell(List.of(""));
    narrator.insist(words);
  }

  void heard(JournalRecord entry, StepEvent event) {
    StepAddress address = event.address();
    if (isAside(event)) {
      return;
    }
    ends.heard(event);
    headway.begins(address);
    if (event instanceof StepSkipped skipped) {
      headway.settles(address);
      activities.end(address, true);
      narrator.tell(lines.skipped(address, skipped.reason()));
      return;
    }
    if (event instanceof OperatorMarked mark && activities.get(address) == null) {
      failures.isTriedAgain();
      narrator.tell(lines.marked(mark));
      return;
    }
    Activity activity = activities.begin(address, entry.at());
    if (event instanceof StepStarted start) {
      start(activity, start);
    } else if (event instanceof StepFinished) {
      finish(activity, entry.at());
    } else if (event instanceof StepFailed failed) {
      activities.end(address, false);
      failures.failed(activity, failed.message(), entry.at());
    } else if (event instanceof StatementFailed failed) {
      warn(failures.refused(activity, failed, clock.instant()));
    } else {
      activity.heard(event);
    }
  }

  /** What operators do beside the steps, they know. */
  private static boolean isAside(StepEvent event) {
    return event instanceof OperatorNote
        || event instanceof OperatorSql
        || event instanceof VariableSet set && set.by() != null;
  }

  private void start(Activity activity, StepStarted started) {
    activity.items = started.items();
    if (started.anew()) {
      activities.beginAnew(activity.address);
    }
    PlannedItem item = detail == Detail.VERBOSE ? names.item(activity.address) : null;
    if (item != null) {
      narrator.tell(details.planned(item));
    }
  }

  /** What a loop or a group did has been told of its items and steps. */
  private void finish(Activity activity, Instant at) {
    headway.settles(activity.address);
    activities.end(activity.address, true);
    boolean isEmptyLoop = Integer.valueOf(0).equals(activity.items);
    if (isEmptyLoop || !names.holdsOthers(activity.address)) {
      List<String> all = new ArrayList<>(lines.done(activity, at));
      all.addAll(activity.details);
      narrator.tell(all);
    }
  }

  private void warn(List<String> warning) {
    if (!warning.isEmpty()) {
      headway.warns();
      narrator.tell(warning);
    }
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
    StepAddress address = sample.address();
    Activity activity = activities.begin(address, sample.at().minus(sample.elapsed()));
    Duration every = names.step(address) instanceof ProbeStep probe ? probe.every() : Duration.ZERO;
    activity.sampled(sample, every);
    if (sample.restarted()) {
      warn(lines.warning(address, "has started over"));
    }
    bulletins.sampled(activity, sample);
  }

  void progressed(StepAddress address, Instant at, StatementProgress progress) {
    Activity activity = activity(address);
    activity.progressed(progress, at);
    bulletins.progressed(activity, at);
  }

  void waiting(StepAddress address, Duration remaining, String what) {
    Activity activity = activity(address);
    Instant now = clock.instant();
    activity.waitsUntil = now.plus(remaining);
    activity.waitsFor = DisplayText.line(what);
    bulletins.waiting(activity, now, remaining);
  }

  void blocked(StepAddress address, List<String> blockers) {
    Activity activity = activity(address);
    activity.blockers = blockers;
    if (!screen.isTerminal() && !blockers.isEmpty()) {
      activity.blockersTold = blockers;
      List<String> all = new ArrayList<>(lines.warning(address, "waits for a lock"));
      all.addAll(lines.blockers(blockers));
      warn(all);
    }
  }

  /** For how long they have been there changes as one looks. */
  void stillBlocked(StepAddress address, List<String> blockers) {
    Activity activity = activities.get(address);
    if (activity != null) {
      activity.blockers = blockers;
    }
  }

  void notice(String text) {
    narrator.insist(List.of(screen.theme().paint(Role.WARNING, "! " + DisplayText.line(text))));
  }

  /** The journal ends before this, so that nothing of it can be told by a record. */
  void storeFailed(String run, String sentence) {
    RunPaused pause = new RunPaused(PauseReason.ENVIRONMENT, sentence);
    goodbye(farewell.paused(pause, run, ends));
  }

  void notice(StepAddress address, String text) {
    headway.warns();
    narrator.insist(lines.warning(address, text));
  }
}
