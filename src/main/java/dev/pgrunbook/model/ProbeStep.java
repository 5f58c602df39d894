package dev.pgrunbook.model;

import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.sql.SqlTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Polls databases until something is true.
 *
 * @param header what every kind may say; its {@code timeout} is the probe's
 * @param sources read-only SQL for each role, polled together; columns of each one row are
 *     variables
 * @param every the time from one poll to the next
 * @param until done when true
 * @param fail failed when true; null for never
 * @param progress how far it is; null when it cannot be told
 * @param stall what to do when nothing moves; null for nothing
 */
public record ProbeStep(
    StepHeader header,
    Map<String, SqlTemplate> sources,
    Duration every,
    Expression until,
    @Nullable Expression fail,
    @Nullable Progress progress,
    @Nullable Stall stall)
    implements Step {

  public ProbeStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(every);
    Objects.requireNonNull(until);
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a probe without sources");
    }
  }

  /** How far a probe is: {@code done} of {@code total}, both null while not known. */
  public record Progress(Expression done, @Nullable Expression total, @Nullable String unit) {}

  /** What to do when {@code done} and every column of {@code until} stay unchanged for a while. */
  public record Stall(Duration after, List<Step> steps) {
    public Stall {
      steps = List.copyOf(steps);
    }
  }

  @Override
  public String kind() {
    return "probe";
  }

  @Override
  public List<Step> nestedSteps() {
    List<Step> nested = new ArrayList<>();
    if (stall != null) {
      nested.addAll(stall.steps());
    }
    nested.addAll(header.onTimeout());
    return nested;
  }
}
