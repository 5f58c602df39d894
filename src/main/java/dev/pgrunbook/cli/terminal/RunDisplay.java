package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Shows a run: plain lines for files and pipes, and on a terminal what runs now besides, drawn in
 * place.
 *
 * <p>Safe for any thread: locks are watched by one of their own.
 */
public final class RunDisplay implements RunListener, AutoCloseable {

  private final RunStory story;
  private final Screen screen;
  private final Ticker ticker;

  private RunDisplay(RunStory story, Screen screen, boolean ticking) {
    this.story = story;
    this.screen = screen;
    this.ticker = new Ticker(ticking && screen.isTerminal() ? this::tick : null);
  }

  /**
   * Returns the display of a run.
   *
   * @param plan names steps and items
   * @param commandOptions what commands about this run need besides its id, such as {@code --store
   *     runs}; empty for nothing
   */
  public static RunDisplay of(
      Screen screen, Plan plan, Clock clock, Detail detail, String commandOptions) {
    RunStory story =
        new RunStory(screen, plan, clock, detail, new Farewell(screen, commandOptions));
    return new RunDisplay(story, screen, true);
  }

  /** Returns a display that draws when it is told to {@link #tick}, for tests. */
  static RunDisplay still(Screen screen, Plan plan, Clock clock, Detail detail) {
    RunStory story = new RunStory(screen, plan, clock, detail, new Farewell(screen, ""));
    return new RunDisplay(story, screen, false);
  }

  /** Tells what is about to run, or to go on. */
  public synchronized void begin(RunState state) {
    story.begin(state);
    ticker.start();
  }

  /** Begins to tell of a run that another process carries out, from its first record. */
  public synchronized void follow() {
    ticker.start();
  }

  @Override
  public synchronized void recorded(JournalRecord entry) {
    RunEvent event = entry.event();
    if (event instanceof StepEvent stepEvent) {
      story.heard(entry, stepEvent);
    } else {
      story.heard(entry);
    }
    tick();
  }

  @Override
  public synchronized void rows(StepAddress address, Step step, Rows rows) {
    story.rows(address, step, rows);
  }

  @Override
  public synchronized void generated(StepAddress address, int stage, List<String> statements) {
    story.generated(address, stage, statements);
  }

  @Override
  public synchronized void sampled(ProbeSample sample) {
    story.sampled(sample);
    tick();
  }

  @Override
  public synchronized void waiting(StepAddress address, Duration remaining, String what) {
    story.waiting(address, remaining, what);
    tick();
  }

  @Override
  public synchronized void blocked(StepAddress address, List<String> blockers) {
    story.blocked(address, blockers);
    tick();
  }

  @Override
  public synchronized void stillBlocked(StepAddress address, List<String> blockers) {
    story.stillBlocked(address, blockers);
    tick();
  }

  @Override
  public synchronized void progressed(StepAddress address, Instant at, StatementProgress progress) {
    story.progressed(address, at, progress);
    tick();
  }

  @Override
  public synchronized void notice(StepAddress address, String text) {
    story.notice(address, text);
    tick();
  }

  /** Tells something that is about the run as a whole, in a sentence. */
  public synchronized void notice(String text) {
    story.notice(text);
    tick();
  }

  /** Says goodbye to a run whose store can tell no more, and how it goes on. */
  public synchronized void storeFailed(String run, String sentence) {
    story.storeFailed(run, sentence);
  }

  /** Draws what runs now. */
  synchronized void tick() {
    if (screen.isTerminal()) {
      screen.live(story.live());
    }
  }

  /** Ends the drawing and removes what was drawn in place. */
  @Override
  public void close() {
    ticker.close();
    screen.live(List.of());
  }
}
