package dev.pgrunbook.engine;

import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has just seen.
 *
 * @param address the probe, or one item of it
 * @param label what the item is called; empty for a probe without items
 * @param at when
 * @param elapsed since the probe began
 * @param done how far it is; null while not known
 * @param total how far it has to go; null while not known
 * @param unit what they count; null for nothing in particular
 * @param values every column that the sources returned
 * @param restarted whether {@code done} has moved backwards since the last sample
 * @param stalled for how long nothing has moved; zero when something has
 */
public record ProbeSample(
    StepAddress address,
    String label,
    Instant at,
    Duration elapsed,
    @Nullable Double done,
    @Nullable Double total,
    @Nullable String unit,
    Map<String, Value> values,
    boolean restarted,
    Duration stalled) {

  public ProbeSample {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
