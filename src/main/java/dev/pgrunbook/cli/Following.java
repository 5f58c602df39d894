package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Detail;
import dev.pgrunbook.cli.terminal.Interrupts;
import dev.pgrunbook.cli.terminal.JsonLines;
import dev.pgrunbook.cli.terminal.RunDisplay;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.JournalTail;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Planner;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells what happens in a run that another process carries out, from its beginning to its end. */
final class Following {

  /** Soon enough for a person; a look costs next to nothing. */
  private static final long PAUSE_MILLIS = 300;

  /** Long enough for a server to restart. */
  private static final Duration AWAY_FOR = Duration.ofSeconds(60);

  /** An owner that is looked for less often than records are. */
  private static final int LOOKS_PER_OWNER = 5;

  private final String run;
  private final RunSetup setup;
  private final RunState state = RunState.empty();
  private final CountDownLatch left = new CountDownLatch(1);
  private long awaySince;

  Following(String run, RunSetup setup) {
    this.run = run;
    this.setup = setup;
  }

  /** Returns when the run has ended, or somebody has had enough. */
  ExitCode follow(boolean jsonLines) {
    // Nobody is told in half sentences that there is no such run.
    RecordedRun before = RecordedRun.read(run, setup, entry -> {});
    try (JournalTail tail = setup.store().tail(run);
        Interrupts interrupts = Interrupts.handle(left::countDown, left::countDown)) {
      if (jsonLines) {
        follow(
            tail, new JsonLines(setup.surroundings().out(), run, Clock.systemUTC()), notice -> {});
        return ExitCode.DONE;
      }
      return follow(tail, before);
    }
  }

  private ExitCode follow(JournalTail tail, RecordedRun before) {
    Runbook runbook = before.runbook();
    RunStarted started = before.state().started();
    if (runbook == null || started == null) {
      setup
          .messages()
          .refuse(
              "this program cannot load the runbook that run " + run + " has kept",
              "`" + setup.command("show " + run + " --follow --output jsonl") + "` follows it");
      return ExitCode.INVALID;
    }
    try (Screen screen = Terminals.screen(setup.surroundings());
        RunDisplay display =
            RunDisplay.of(
                screen,
                Planner.planForRun(runbook, started.arguments()),
                Clock.system(ZoneId.systemDefault()),
                Detail.NORMAL,
                setup.storeOption())) {
      display.follow();
      follow(tail, display, display::notice);
    }
    return ExitCode.DONE;
  }

  private void follow(JournalTail tail, RunListener listener, Consumer<String> notices) {
    boolean abandoned = false;
    for (int look = 1; !hasEnded() && !hasLeft(); look++) {
      boolean read = read(tail, listener, notices);
      if (read && look % LOOKS_PER_OWNER == 0 && !hasEnded()) {
        boolean before = abandoned;
        abandoned = isAbandoned(tail, listener);
        if (abandoned && !before) {
          notices.accept(
              "the process that carried this run out is gone; `"
                  + setup.command("resume " + run)
                  + "` goes on");
        }
      }
    }
  }

  /** Returns whether the store could be read; it is waited for when it goes away for a while. */
  private boolean read(JournalTail tail, RunListener listener, Consumer<String> notices) {
    try {
      tail.read(entry -> take(entry, listener));
      awaySince = 0;
      return true;
    } catch (JournalFailure failure) {
      long now = System.nanoTime();
      if (!failure.isOutside() || (awaySince != 0 && now - awaySince > AWAY_FOR.toNanos())) {
        throw failure;
      }
      if (awaySince == 0) {
        awaySince = now;
        notices.accept(StoreFailures.sentence(failure) + "; trying again");
      }
      return false;
    }
  }

  /** Its last words may have come between reading and looking. */
  private boolean isAbandoned(JournalTail tail, RunListener listener) {
    try {
      boolean owned = tail.isOwned();
      tail.read(entry -> take(entry, listener));
      return !owned && state.paused() == null && !hasEnded();
    } catch (JournalFailure away) {
      return false;
    }
  }

  private void take(JournalRecord entry, RunListener listener) {
    state.apply(entry);
    listener.recorded(entry);
  }

  private boolean hasEnded() {
    return state.outcome() != null;
  }

  private boolean hasLeft() {
    try {
      return left.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      return true;
    }
  }
}
