package dev.pgrunbook.engine;

import dev.pgrunbook.database.Blocker;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.journal.StepAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks, from a second session, at a statement while it runs: who blocks it, for after the error it
 * is too late to ask, and how far the server says it is.
 */
final class StatementWatch implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Most statements have ended by then, and are not looked at at all. */
  private static final Duration FIRST_LOOK = Duration.ofMillis(300);

  /** What takes no longer needs no bar. */
  private static final Duration PROGRESS_AFTER = Duration.ofSeconds(2);

  private final ScheduledThreadPoolExecutor scheduler;

  StatementWatch() {
    scheduler =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "statement-watch");
              thread.setDaemon(true);
              return thread;
            });
    scheduler.setRemoveOnCancelPolicy(true);
  }

  /** What has been seen while one statement ran. */
  static final class Watched implements AutoCloseable {

    private volatile List<String> last = List.of();
    private boolean blocked;
    private @Nullable ScheduledFuture<?> sampling;

    /** Returns who was seen blocking last, a line each; empty when nobody was. */
    List<String> blockers() {
      return last;
    }

    @Override
    public void close() {
      if (sampling != null) {
        sampling.cancel(false);
      }
    }
  }

  /** What is told while a statement runs, on the thread that watches. */
  interface News {
    /** These sessions block it now, a line each; none when nobody does any more. */
    void blocked(List<String> blockers);

    /** It is so far. */
    void progressed(StatementProgress progress);
  }

  /** Starts to watch a statement; the first look comes well before a lock timeout would end it. */
  Watched watch(Database database, int pid, @Nullable Duration lockTimeout, News news) {
    Watched watched = new Watched();
    long first = FIRST_LOOK.toMillis();
    long before = lockTimeout == null ? first : Math.min(first, lockTimeout.toMillis() / 2);
    long begun = System.nanoTime();
    watched.sampling =
        scheduler.scheduleWithFixedDelay(
            () -> sample(database, pid, begun, watched, news),
            before,
            PERIOD.toMillis(),
            TimeUnit.MILLISECONDS);
    return watched;
  }

  private static void sample(Database database, int pid, long begun, Watched watched, News news) {
    try {
      List<Blocker> blockers = database.blockers(pid);
      List<String> lines = blockers.stream().map(Failures::describe).toList();
      boolean changed = watched.blocked != !lines.isEmpty();
      watched.blocked = !lines.isEmpty();
      watched.last = lines.isEmpty() ? watched.last : lines;
      if (changed) {
        news.blocked(lines);
      }
      if (lines.isEmpty() && System.nanoTime() - begun >= PROGRESS_AFTER.toNanos()) {
        StatementProgress progress = database.progress(pid);
        if (progress != null) {
          news.progressed(progress);
        }
      }
    } catch (DatabaseFailure unseen) {
      // Whatever hinders the look hinders the statement, too, and is told there.
    }
  }

  /** Returns the news for the listeners of a step. */
  static News news(RunContext context, StepAddress address) {
    return new News() {
      @Override
      public void blocked(List<String> blockers) {
        context.tell(listener -> listener.blocked(address, blockers));
      }

      @Override
      public void progressed(StatementProgress progress) {
        context.tell(listener -> listener.progressed(address, context.now(), progress));
      }
    };
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
