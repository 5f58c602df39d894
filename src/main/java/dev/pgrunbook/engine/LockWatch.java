package dev.pgrunbook.engine;

import dev.pgrunbook.database.Blocker;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.journal.StepAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples, from a second session, who blocks a statement while it runs: after the error it is too
 * late to ask.
 */
final class LockWatch implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final ScheduledThreadPoolExecutor scheduler;

  LockWatch() {
    scheduler =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "lock-watch");
              thread.setDaemon(true);
              return thread;
            });
    scheduler.setRemoveOnCancelPolicy(true);
  }

  /** What has been seen while one statement ran. */
  static final class Watched implements AutoCloseable {

    private volatile List<String> last = List.of();
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

  /** Starts to watch a statement; the first look comes well before a lock timeout would end it. */
  Watched watch(
      Database database, int pid, @Nullable Duration lockTimeout, Consumer<List<String>> news) {
    Watched watched = new Watched();
    long period = PERIOD.toMillis();
    long first = lockTimeout == null ? period : Math.min(period, lockTimeout.toMillis() / 2);
    watched.sampling =
        scheduler.scheduleWithFixedDelay(
            () -> sample(database, pid, watched, news), first, period, TimeUnit.MILLISECONDS);
    return watched;
  }

  private static void sample(
      Database database, int pid, Watched watched, Consumer<List<String>> news) {
    try {
      List<Blocker> blockers = database.blockers(pid);
      List<String> lines = blockers.stream().map(Failures::describe).toList();
      if (!lines.isEmpty()) {
        boolean changed = watched.last.isEmpty();
        watched.last = lines;
        if (changed) {
          news.accept(lines);
        }
      }
    } catch (DatabaseFailure unseen) {
      // Whatever hinders the look hinders the statement, too, and is told there.
    }
  }

  /** Returns the news for the listeners of a step. */
  static Consumer<List<String>> news(RunContext context, StepAddress address) {
    return lines -> context.tell(listener -> listener.blocked(address, lines));
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
