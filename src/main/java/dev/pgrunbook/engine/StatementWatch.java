package dev.pgrunbook.engine;

import dev.pgrunbook.database.Blocker;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.journal.StepAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /** The statements that are watched; guarded by itself, as are the next two. */
  private final Set<Watched> watching = new HashSet<>();

  private @Nullable ScheduledFuture<?> wakeUp;
  private long wakesAt;

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
  final class Watched implements AutoCloseable {

    private final Database database;
    private final int pid;
    private final News news;
    private final long begun = System.nanoTime();
    private volatile List<String> last = List.of();
    private boolean blocked;

    /** When to look next; guarded by the statements that are watched. */
    private long due;

    private Watched(Database database, int pid, News news, Duration first) {
      this.database = database;
      this.pid = pid;
      this.news = news;
      this.due = begun + first.toNanos();
    }

    /** Returns who was seen blocking last, a line each; empty when nobody was. */
    List<String> blockers() {
      return last;
    }

    private void look() {
      try {
        List<Blocker> blockers = database.blockers(pid);
        List<String> lines = blockers.stream().map(Failures::describe).toList();
        boolean changed = blocked != !lines.isEmpty();
        blocked = !lines.isEmpty();
        last = lines.isEmpty() ? last : lines;
        if (hasEnded()) {
          return;
        }
        if (changed) {
          news.blocked(lines);
        } else if (blocked) {
          news.stillBlocked(lines);
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

    /** What was seen of a statement that has ended meanwhile is no news. */
    private boolean hasEnded() {
      synchronized (watching) {
        return !watching.contains(this);
      }
    }

    @Override
    public void close() {
      synchronized (watching) {
        watching.remove(this);
      }
    }
  }

  /** What is told while a statement runs, on the thread that watches. */
  interface News {
    /** These sessions block it now, a line each; none when nobody does any more. */
    void blocked(List<String> blockers);

    /** These sessions still do, as they are now. */
    void stillBlocked(List<String> blockers);

    /** It is so far. */
    void progressed(StatementProgress progress);
  }

  /** Starts to watch a statement; the first look comes well before a lock timeout would end it. */
  Watched watch(Database database, int pid, @Nullable Duration lockTimeout, News news) {
    Duration half = lockTimeout == null ? FIRST_LOOK : lockTimeout.dividedBy(2);
    Duration first = half.compareTo(FIRST_LOOK) < 0 ? half : FIRST_LOOK;
    Watched watched = new Watched(database, pid, news, first);
    synchronized (watching) {
      watching.add(watched);
      wakeBy(watched.due);
    }
    return watched;
  }

  /**
   * Has the thread wake at a time, or before. A statement that ends meanwhile leaves it asleep, so
   * that thousands of small ones wake it a few times a second, and not twice each.
   */
  private void wakeBy(long due) {
    if (scheduler.isShutdown() || (wakeUp != null && wakesAt - due <= 0)) {
      return;
    }
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    wakesAt = due;
    wakeUp = scheduler.schedule(this::look, due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void look() {
    List<Watched> due;
    synchronized (watching) {
      wakeUp = null;
      long now = System.nanoTime();
      due = watching.stream().filter(watched -> watched.due - now <= 0).toList();
    }
    try {
      due.forEach(Watched::look);
    } finally {
      synchronized (watching) {
        long next = System.nanoTime() + PERIOD.toNanos();
        due.forEach(watched -> watched.due = next);
        watching.forEach(watched -> wakeBy(watched.due));
      }
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
      public void stillBlocked(List<String> blockers) {
        context.tell(listener -> listener.stillBlocked(address, blockers));
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
