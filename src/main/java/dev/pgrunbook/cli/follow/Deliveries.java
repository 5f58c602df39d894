package dev.pgrunbook.cli.follow;

import dev.pgrunbook.workspace.Notification;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers notices, now or later, on a thread of their own: whatever becomes of them, whoever sends
 * them goes on.
 */
final class Deliveries implements AutoCloseable {

  /** When the run is over nobody waits longer for deliveries. */
  private static final Duration LAST = Duration.ofSeconds(12);

  private static final int MOST_COMPLAINTS = 3;

  private final Delivery delivery;
  private final NotifiedRun about;
  private final Consumer<String> complaints;
  private final ScheduledThreadPoolExecutor thread;
  private int complained;

  Deliveries(Delivery delivery, NotifiedRun about, Consumer<String> complaints) {
    this.delivery = delivery;
    this.about = about;
    this.complaints = complaints;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "notifier");
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** A notice that is on its way, or will be. */
  final class Pending {

    private final Notification notification;
    private final Notice notice;
    private final AtomicBoolean settled = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> later;

    private Pending(Notification notification, Notice notice) {
      this.notification = notification;
      this.notice = notice;
    }

    /** Nobody needs to be told any more. */
    void cancel() {
      settled.set(true);
      if (later != null) {
        later.cancel(false);
      }
    }

    /** Nobody waits any longer: it is delivered at once, unless it was already or is not needed. */
    void hurry() {
      thread.execute(this::deliver);
    }

    private void deliver() {
      if (settled.compareAndSet(false, true)) {
        String json = notice.toJson(about).toString();
        String complaint = delivery.deliver(notification, json, notice.text(about));
        if (complaint != null) {
          complain(complaint);
        }
      }
    }
  }

  void send(Notification notification, Notice notice) {
    new Pending(notification, notice).hurry();
  }

  /** Sends a notice after a time, unless something is done about it until then. */
  Pending sendAfter(Duration time, Notification notification, Notice notice) {
    Pending pending = new Pending(notification, notice);
    pending.later = thread.schedule(pending::deliver, time.toMillis(), TimeUnit.MILLISECONDS);
    return pending;
  }

  private synchronized void complain(String complaint) {
    complained++;
    if (complained <= MOST_COMPLAINTS) {
      complaints.accept("nobody was notified: " + complaint);
    }
  }

  /** Waits a little for what is under way; what was to be sent later is not sent. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
        complain("there was no more time");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      thread.shutdownNow();
    }
  }
}
