package dev.pgrunbook.cli.follow;

import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.ProbeStep.Stall;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.workspace.Notification;
import dev.pgrunbook.workspace.Notification.Occasion;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** When it is time to tell somebody that a probe sees nothing move; once each time it stops. */
final class Stillness {

  /** What counts moves more often than this. */
  static final Duration USUAL = Duration.ofSeconds(40);

  /** What only waits for a state may rightly see the same one for long. */
  private static final Duration UNCOUNTED = Duration.ofMinutes(5);

  private final Runbook runbook;
  private final Set<Told> told = new HashSet<>();

  Stillness(Runbook runbook) {
    this.runbook = runbook;
  }

  private record Told(Notification notification, StepAddress address) {}

  /** Returns whether a notification is due that has not been since the probe last saw a move. */
  boolean isNews(ProbeSample sample, Notification notification) {
    Told now = new Told(notification, sample.address());
    if (sample.stalled().isZero()) {
      told.remove(now);
      return false;
    }
    return sample.stalled().compareTo(patience(sample, notification)) >= 0 && told.add(now);
  }

  private Duration patience(ProbeSample sample, Notification notification) {
    Duration given = notification.after().get(Occasion.STALLED);
    if (given != null) {
      return given;
    }
    Step step = runbook.step(sample.address().step());
    Stall stall = step instanceof ProbeStep probe ? probe.stall() : null;
    if (stall != null) {
      // It has that time to help itself once.
      return stall.after().multipliedBy(2);
    }
    return sample.done() == null ? UNCOUNTED : USUAL;
  }
}
