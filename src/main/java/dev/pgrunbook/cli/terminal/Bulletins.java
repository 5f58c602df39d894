package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes on, told now and then where nothing can be drawn in place: in files and pipes. The more
 * runs side by side, the less often each is told of.
 */
final class Bulletins {

  private static final Duration PROBE = Duration.ofSeconds(5);
  private static final Duration STATEMENT = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofMinutes(1);

  /** So many are told of as often as one alone. */
  private static final int FEW = 4;

  private final Screen screen;
  private final StepLines lines;
  private final Narrator narrator;
  private final Activities activities;

  Bulletins(Screen screen, StepLines lines, Narrator narrator, Activities activities) {
    this.screen = screen;
    this.lines = lines;
    this.narrator = narrator;
    this.activities = activities;
  }

  void sampled(Activity activity, ProbeSample sample) {
    if (isDue(activity, sample.at(), PROBE)) {
      narrator.tell(lines.running(activity, sample.elapsed(), facts(activity, sample.at())));
    }
  }

  void progressed(Activity activity, Instant at) {
    Measure measure = activity.measure;
    if (measure != null && isDue(activity, at, STATEMENT)) {
      List<String> facts = new ArrayList<>(List.of(DisplayText.line(measure.label())));
      facts.addAll(facts(activity, at));
      narrator.tell(lines.running(activity, Duration.between(activity.startedAt, at), facts));
    }
  }

  private List<String> facts(Activity activity, Instant at) {
    Measure measure = activity.measure;
    return measure == null
        ? List.of()
        : new ProbeText(measure, activity.rate, screen.glyphs(), activity.unseen(at)).facts();
  }

  void waiting(Activity activity, Instant now, Duration remaining) {
    // That something is tried again has been told, and how.
    if (activity.retryToldAt == null && isDue(activity, now, WAIT)) {
      String left = Quantities.roughDuration(remaining) + " " + activity.waitsFor;
      Duration elapsed = Duration.between(activity.startedAt, now);
      narrator.tell(lines.running(activity, elapsed, List.of(left)));
    }
  }

  /** Returns whether it is time to tell of something again, which then counts as told. */
  private boolean isDue(Activity activity, Instant now, Duration period) {
    int many = (activities.active().size() + FEW - 1) / FEW;
    if (screen.isTerminal() || !isOver(activity.toldAt, now, period.multipliedBy(many))) {
      return false;
    }
    activity.toldAt = now;
    return true;
  }

  /** Returns whether a time is over since something was told. */
  static boolean isOver(@Nullable Instant last, Instant now, Duration time) {
    return last == null || Duration.between(last, now).compareTo(time) >= 0;
  }
}
