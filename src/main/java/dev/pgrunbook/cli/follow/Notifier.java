package dev.pgrunbook.cli.follow;

import dev.pgrunbook.cli.follow.Notice.About;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.PauseReason;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.ProbeStep.Stall;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.workspace.Notification;
import dev.pgrunbook.workspace.Notification.Occasion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of a run who do not look at it. Deliveries have a thread of their own and little
 * time: whatever becomes of them, the run goes on as without.
 */
public final class Notifier implements RunListener, AutoCloseable {

  /** Whoever sits at the terminal, or an option, answers sooner. */
  private static final Duration UNANSWERED = Duration.ofSeconds(10);

  /** Where a probe does not say when it takes itself for stalled. */
  private static final Duration STALLED = Duration.ofMinutes(5);

  /** When the run is over nobody waits longer for deliveries. */
  private static final Duration LAST = Duration.ofSeconds(12);

  private static final int MOST_COMPLAINTS = 3;

  private final List<Notification> notifications;
  private final Runbook runbook;
  private final About about;
  private final Delivery delivery;
  private final Consumer<String> complaints;
  private final ScheduledThreadPoolExecutor thread;
  private final Set<StepAddress> stalled = new HashSet<>();
  private @Nullable ScheduledFuture<?> unanswered;
  private @Nullable StepAddress question;
  private @Nullable Boolean manual;
  private @Nullable StepFailed failure;
  private int complained;

  /**
   * @param complaints is told what could not be delivered, in a sentence
   */
  public Notifier(
      List<Notification> notifications,
      Runbook runbook,
      String run,
      String by,
      String host,
      Delivery delivery,
      Consumer<String> complaints) {
    this.notifications = List.copyOf(notifications);
    this.runbook = runbook;
    this.about = new About(run, runbook.name(), runbook.version(), by, host);
    this.delivery = delivery;
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

  @Override
  public synchronized void recorded(JournalRecord entry) {
    RunEvent event = entry.event();
    if (event instanceof ReviewRequested review) {
      String count = Quantities.count(review.count(), "statement");
      asked(entry, review.address(), "a review of " + count, false);
    } else if (event instanceof GateRequested gate) {
      asked(entry, gate.address(), gate.text(), gate.gate() == GateKind.MANUAL);
    } else if (event instanceof ReviewAnswered || event instanceof GateAnswered) {
      answered();
    } else if (event instanceof StepFailed failed) {
      failure = failed;
    } else if (event instanceof RunPaused paused) {
      paused(entry, paused);
    } else if (event instanceof RunFinished finished) {
      finished(entry, finished.outcome());
    }
  }

  private void asked(JournalRecord entry, StepAddress address, String what, boolean byHand) {
    answered();
    question = address;
    manual = byHand;
    Notice notice =
        new Notice(Occasion.WAITING, entry.at(), address, address + ": " + what, answer());
    unanswered =
        thread.schedule(() -> deliver(notice), UNANSWERED.toMillis(), TimeUnit.MILLISECONDS);
  }

  private @Nullable String answer() {
    StepAddress address = question;
    if (address == null || Boolean.TRUE.equals(manual)) {
      return "pgrunbook resume " + about.run();
    }
    return "pgrunbook approve " + about.run() + " " + address;
  }

  private void answered() {
    if (unanswered != null) {
      unanswered.cancel(false);
    }
    unanswered = null;
    question = null;
  }

  private void paused(JournalRecord entry, RunPaused paused) {
    String why = paused.message() == null ? paused.reason().word() : paused.message();
    boolean toldAlready = unanswered != null && unanswered.isDone();
    StepAddress address = question;
    String answer = answer();
    answered();
    if (paused.reason() == PauseReason.WAITING && !toldAlready) {
      send(new Notice(Occasion.WAITING, entry.at(), address, why, answer));
    } else if (paused.reason() == PauseReason.IN_DOUBT) {
      String command = "pgrunbook resume " + about.run();
      send(new Notice(Occasion.WAITING, entry.at(), null, why, command));
    } else if (paused.reason() == PauseReason.ENVIRONMENT) {
      String command = "pgrunbook resume " + about.run();
      send(new Notice(Occasion.FAILED, entry.at(), null, why, command));
    }
  }

  private void finished(JournalRecord entry, Outcome outcome) {
    answered();
    switch (outcome) {
      case DONE -> send(new Notice(Occasion.DONE, entry.at(), null, runbook.title(), null));
      case ABORTED -> send(new Notice(Occasion.DONE, entry.at(), null, "it was given up", null));
      case FAILED -> {
        StepFailed why = failure;
        String message = why == null ? "a step failed" : why.address() + ": " + why.message();
        StepAddress address = why == null ? null : why.address();
        String command = "pgrunbook resume " + about.run();
        send(new Notice(Occasion.FAILED, entry.at(), address, message, command));
      }
    }
  }

  @Override
  public synchronized void sampled(ProbeSample sample) {
    if (sample.stalled().isZero()) {
      stalled.remove(sample.address());
    } else if (sample.stalled().compareTo(patience(sample)) >= 0 && stalled.add(sample.address())) {
      String label = sample.label().isEmpty() ? "" : " (" + sample.label() + ")";
      String message =
          sample.address()
              + label
              + " has seen no progress for "
              + Quantities.roughDuration(sample.stalled());
      send(new Notice(Occasion.STALLED, sample.at(), sample.address(), message, null));
    }
  }

  /** A probe that nudges has that time to help itself once. */
  private Duration patience(ProbeSample sample) {
    Step step = runbook.step(sample.address().step());
    Stall stall = step instanceof ProbeStep probe ? probe.stall() : null;
    return stall == null ? STALLED : stall.after().multipliedBy(2);
  }

  private void send(Notice notice) {
    thread.execute(() -> deliver(notice));
  }

  private void deliver(Notice notice) {
    String json = notice.toJson(about).toString();
    for (Notification notification : notifications) {
      if (notification.occasions().contains(notice.occasion())) {
        String complaint = delivery.deliver(notification, json, notice.text(about));
        if (complaint != null) {
          complain(complaint);
        }
      }
    }
  }

  private synchronized void complain(String complaint) {
    complained++;
    if (complained <= MOST_COMPLAINTS) {
      complaints.accept("nobody was notified: " + complaint);
    }
  }

  /** Waits a little for what is under way. */
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
