package dev.pgrunbook.cli.terminal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.value.ValueJson;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as JSON, an event a line, as its journal has it, every value in place.
 *
 * <p>Besides the journal's events there is {@code ProbeSampled}, which is nowhere kept and so has
 * no {@code seq}:
 *
 * <ul>
 *   <li>{@code at}, {@code run}, {@code event}, {@code step}, {@code item}: as in every event
 *   <li>{@code label}: what the item is called; absent for a probe without items
 *   <li>{@code elapsed}: seconds since the probe began
 *   <li>{@code done}, {@code total}: numbers; absent while not known
 *   <li>{@code unit}: what they count; absent when the runbook does not say
 *   <li>{@code restarted}: {@code true} when {@code done} has moved backwards; else absent
 *   <li>{@code stalled}: seconds for which nothing has moved; absent when something has
 *   <li>{@code values}: an object, every column of the sources
 * </ul>
 */
public final class JsonLines implements RunListener {

  private final PrintStream out;
  private final String run;
  private final EventJson json = EventJson.inline();

  /** Writes the events of a run; each line is flushed. */
  public JsonLines(PrintStream out, String run) {
    this.out = out;
    this.run = run;
  }

  @Override
  public void recorded(JournalRecord entry) {
    print(json.write(entry));
  }

  @Override
  public void sampled(ProbeSample sample) {
    JsonObject object = new JsonObject();
    object.addProperty("at", EventJson.time(sample.at()));
    object.addProperty("run", run);
    object.addProperty("event", "ProbeSampled");
    object.addProperty("step", sample.address().step());
    addItem(object, sample.address().items());
    if (!sample.label().isEmpty()) {
      object.addProperty("label", sample.label());
    }
    object.addProperty("elapsed", sample.elapsed().toMillis() / 1000.0);
    addNumber(object, "done", sample.done());
    addNumber(object, "total", sample.total());
    if (sample.unit() != null) {
      object.addProperty("unit", sample.unit());
    }
    if (sample.restarted()) {
      object.addProperty("restarted", true);
    }
    if (!sample.stalled().isZero()) {
      object.addProperty("stalled", sample.stalled().toMillis() / 1000.0);
    }
    JsonObject values = new JsonObject();
    sample.values().forEach((name, value) -> values.add(name, ValueJson.toJson(value)));
    object.add("values", values);
    print(object);
  }

  private static void addItem(JsonObject object, List<Integer> items) {
    if (items.size() == 1) {
      object.addProperty("item", items.get(0));
    } else if (!items.isEmpty()) {
      JsonArray all = new JsonArray();
      items.forEach(all::add);
      object.add("item", all);
    }
  }

  /** JSON has no infinity; what is whole is written without a fraction. */
  private static void addNumber(JsonObject object, String name, @Nullable Double number) {
    if (number == null || number.isNaN() || number.isInfinite()) {
      return;
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    if (whole) {
      object.addProperty(name, number.longValue());
    } else {
      object.addProperty(name, number);
    }
  }

  private synchronized void print(JsonObject object) {
    out.println(object);
    out.flush();
  }
}
