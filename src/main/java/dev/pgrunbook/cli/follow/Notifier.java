package dev.pgrunbook.cli.follow;

import dev.pgrunbook.cli.follow.Deliveries.Pending;
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
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.workspace.Notification;
import dev.pgrunbook.workspace.Notification.Occasion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of a run who do not look at it. Deliveries have a thread of their own and little
 * time: whatever becomes of them, the run goes on as without.
 */
public final class Notifier implements RunListener, AutoCloseable {

  /** Whoever sits at the terminal, or an option, answers sooner. */
  private static final Duration UNANSWERED = Duration.ofSeconds(10);

  private final List<Notification> notifications;
  private final String title;
  private final String run;
  private final UnaryOperator<String> commands;
  private final Clock clock;
  private final Deliveries deliveries;
  private final Stillness stillness;
  private final Map<StepAddress, List<Pending>> questions = new LinkedHashMap<>();
  private final Map<StepAddress, List<Pending>> locks = new LinkedHashMap<>();
  private @Nullable StepFailed failure;

  /**
   * Takes who is told of which run.
   *
   * @param commands makes a whole command of its words, such as {@code resume r1}
   * @param complaints is told what could not be delivered, in a sentence
   */
  public Notifier(
      List<Notification> notifications,
      Runbook runbook,
      NotifiedRun about,
      UnaryOperator<String> commands,
      Delivery delivery,
      Consumer<String> complaints,
      Clock clock) {
    this.notifications = List.copyOf(notifications);
    this.title = runbook.title();
    this.run = about.run();
    this.commands = commands;
    this.clock = clock;
    this.deliveries = new Deliveries(delivery, about, complaints);
    this.stillness = new Stillness(runbook);
  }

  @Override
  public synchronized void recorded(JournalRecord entry) {
    RunEvent event = entry.event();
    if (event instanceof StepEvent step) {
      // Whatever is recorded of a step, its statement does not wait for a lock any more.
      cancel(locks, step.address());
    }
    if (event instanceof ReviewRequested review) {
      String count = Quantities.count(review.count(), "statement");
      asked(entry.at(), review.address(), "a review of " + count, approval(review.address()));
    } else if (event instanceof GateRequested gate) {
      boolean byHand = gate.gate() == GateKind.MANUAL;
      String command = byHand ? resumption() : approval(gate.address());
      asked(entry.at(), gate.address(), gate.text(), command);
    } else if (event instanceof ReviewAnswered review) {
      cancel(questions, review.address());
    } else if (event instanceof GateAnswered gate) {
      cancel(questions, gate.address());
    } else if (event instanceof StepFailed failed) {
      failure = failed;
    } else if (event instanceof RunPaused paused) {
      paused(entry.at(), paused);
    } else if (event instanceof RunFinished finished) {
      finished(entry.at(), finished.outcome());
    }
  }

  private String resumption() {
    return commands.apply("resume " + run);
  }

  private String approval(StepAddress address) {
    return commands.apply("approve " + run + " " + address);
  }

  private void asked(Instant at, StepAddress address, String what, String command) {
    Notice notice = new Notice(Occasion.WAITING, at, address, address + ": " + what, command);
    cancel(questions, address);
    questions.put(address, later(notice, UNANSWERED));
  }

  /** Sends a notice to everybody who wants it, when it has lasted as long as each of them says. */
  private List<Pending> later(Notice notice, Duration usual) {
    List<Pending> all = new ArrayList<>();
    for (Notification notification : wanting(notice.occasion())) {
      Duration after = notification.after().getOrDefault(notice.occasion(), usual);
      all.add(deliveries.sendAfter(after, notification, notice));
    }
    return all;
  }

  private List<Notification> wanting(Occasion occasion) {
    return notifications.stream().filter(each -> each.occasions().contains(occasion)).toList();
  }

  private static void cancel(Map<StepAddress, List<Pending>> pending, StepAddress address) {
    pending.getOrDefault(address, List.of()).forEach(Pending::cancel);
    pending.remove(address);
  }

  private void paused(Instant at, RunPaused paused) {
    String why = paused.message() == null ? paused.reason().word() : paused.message();
    if (paused.reason() == PauseReason.WAITING && questions.isEmpty()) {
      send(new Notice(Occasion.WAITING, at, null, why, resumption()));
    } else if (paused.reason() == PauseReason.WAITING) {
      questions.values().forEach(question -> question.forEach(Pending::hurry));
    } else if (paused.reason() == PauseReason.IN_DOUBT) {
      send(new Notice(Occasion.WAITING, at, null, why, resumption()));
    } else if (paused.reason() == PauseReason.ENVIRONMENT) {
      send(new Notice(Occasion.FAILED, at, null, why, resumption()));
    }
  }

  private void finished(Instant at, Outcome outcome) {
    switch (outcome) {
      case DONE -> send(new Notice(Occasion.DONE, at, null, title, null));
      case ABORTED -> send(new Notice(Occasion.DONE, at, null, "it was given up", null));
      case FAILED -> {
        StepFailed why = failure;
        String message = why == null ? "a step failed" : why.address() + ": " + why.message();
        StepAddress address = why == null ? null : why.address();
        send(new Notice(Occasion.FAILED, at, address, message, resumption()));
      }
    }
  }

  private void send(Notice notice) {
    wanting(notice.occasion()).forEach(notification -> deliveries.send(notification, notice));
  }

  @Override
  public synchronized void sampled(ProbeSample sample) {
    for (Notification notification : wanting(Occasion.STALLED)) {
      if (stillness.isNews(sample, notification)) {
        String label = sample.label().isEmpty() ? "" : " (" + sample.label() + ")";
        String time = Quantities.roughDuration(sample.stalled());
        String message = sample.address() + label + " has seen no progress for " + time;
        StepAddress address = sample.address();
        deliveries.send(
            notification, new Notice(Occasion.STALLED, sample.at(), address, message, null));
      }
    }
  }

  @Override
  public synchronized void blocked(StepAddress address, List<String> blockers) {
    cancel(locks, address);
    if (!blockers.isEmpty()) {
      String message = address + " waits for a lock, blocked by " + String.join("; ", blockers);
      Notice notice = new Notice(Occasion.STALLED, clock.instant(), address, message, null);
      locks.put(address, later(notice, Stillness.USUAL));
    }
  }

  /** Waits a little for what is under way. */
  @Override
  public void close() {
    deliveries.close();
  }
}
