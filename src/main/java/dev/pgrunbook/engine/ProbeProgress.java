package dev.pgrunbook.engine;

import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.Reference;
import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.ProbeStep.Progress;
import dev.pgrunbook.plan.RunScope;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.RowValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a probe comes along: what moved since when. */
final class ProbeProgress {

  private final ProbeStep step;
  private final StepRun run;
  private final Instant begun;

  private final ProbeCurve.Recorder curve = new ProbeCurve.Recorder();

  private long samples;
  private @Nullable Double lastDone;
  private List<Value> lastSeen = List.of();
  private Instant lastChange;
  private Instant lastNudge;

  ProbeProgress(ProbeStep step, StepRun run, Instant begun) {
    this.step = step;
    this.run = run;
    this.begun = begun;
    this.lastChange = begun;
    this.lastNudge = begun;
  }

  long samples() {
    return samples;
  }

  /** Returns what has been seen so far, thinned out. */
  ProbeCurve curve() {
    Progress progress = step.progress();
    return curve.curve(begun, progress == null ? null : progress.unit());
  }

  Duration elapsed(Instant now) {
    return Duration.between(begun, now);
  }

  /** Takes the values of a poll in. */
  ProbeSample sample(Instant now, RunScope scope, Map<String, Value> columns) {
    samples++;
    Progress progress = step.progress();
    Double done = progress == null ? null : number(progress.done(), scope);
    Double total =
        progress == null || progress.total() == null ? null : number(progress.total(), scope);
    boolean restarted = done != null && lastDone != null && done < lastDone;
    List<Value> seen = seen(done, scope);
    if (!seen.equals(lastSeen)) {
      lastSeen = seen;
      lastChange = now;
      lastNudge = now;
    }
    lastDone = done == null ? lastDone : done;
    Duration stalled = Duration.between(lastChange, now);
    curve.take(elapsed(now), done, total, columns, restarted);
    String unit = progress == null ? null : progress.unit();
    return new ProbeSample(
        run.address(), label(), now, elapsed(now), done, total, unit, columns, restarted, stalled);
  }

  /** Returns whether nothing has moved for so long, since the change or the last nudge. */
  boolean isStallDue(Instant now, Duration after) {
    boolean due = Duration.between(lastNudge, now).compareTo(after) >= 0;
    if (due) {
      lastNudge = now;
    }
    return due;
  }

  private String label() {
    ForEach loop = step.header().forEach();
    Value item = loop == null ? null : run.scope().lookup(loop.name());
    return item == null ? "" : item.display();
  }

  /** Stalled means that {@code done} and every column of {@code until} stay as they are. */
  private List<Value> seen(@Nullable Double done, RunScope scope) {
    List<Value> seen = new ArrayList<>();
    seen.add(done == null ? Value.none() : new DoubleValue(done));
    for (Reference reference : step.until().references()) {
      seen.add(lookup(reference, scope));
    }
    return seen;
  }

  private static Value lookup(Reference reference, RunScope scope) {
    Value value = scope.lookup(reference.name());
    for (String field : reference.path()) {
      value = value instanceof RowValue row ? row.fields().get(field) : null;
    }
    return value == null ? Value.none() : value;
  }

  private static @Nullable Double number(Expression expression, RunScope scope) {
    Value value = Texts.evaluate(expression, scope);
    Double number = value.number();
    if (number != null || value.isNull()) {
      return number;
    }
    throw new StepFailure("`progress` needs numbers, but " + expression.text() + " is a text");
  }
}
