package dev.pgrunbook.cli.terminal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.value.ValueJson;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as JSON, an event a line, as its journal has it, every value in place.
 *
 * <p>Besides the journal's events there are those that are nowhere kept and so have no {@code seq}:
 * {@code ProbeSampled}, {@code StatementProgressed} and {@code StatementBlocked}. The page about
 * the journal's format describes them.
 */
public final class JsonLines implements RunListener {

  private final PrintStream out;
  private final String run;
  private final Clock clock;
  private final EventJson json = EventJson.inline();

  /** Writes the events of a run; each line is flushed. */
  public JsonLines(PrintStream out, String run, Clock clock) {
    this.out = out;
    this.run = run;
    this.clock = clock;
  }

  @Override
  public void recorded(JournalRecord entry) {
    print(json.write(entry));
  }

  @Override
  public void sampled(ProbeSample sample) {
    JsonObject object = unkept("ProbeSampled", sample.at(), sample.address());
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

  @Override
  public void progressed(StepAddress address, Instant at, StatementProgress progress) {
    JsonObject object = unkept("StatementProgressed", at, address);
    object.addProperty("command", progress.command());
    if (progress.relation() != null) {
      object.addProperty("relation", progress.relation());
    }
    if (!progress.phase().isEmpty()) {
      object.addProperty("phase", progress.phase());
    }
    if (progress.done() != null) {
      object.addProperty("done", progress.done());
    }
    if (progress.total() != null) {
      object.addProperty("total", progress.total());
    }
    object.addProperty("unit", progress.unit());
    print(object);
  }

  @Override
  public void blocked(StepAddress address, List<String> blockers) {
    JsonObject object = unkept("StatementBlocked", clock.instant(), address);
    JsonArray lines = new JsonArray();
    blockers.forEach(lines::add);
    object.add("blockers", lines);
    print(object);
  }

  private JsonObject unkept(String event, Instant at, StepAddress address) {
    JsonObject object = new JsonObject();
    object.addProperty("at", EventJson.time(at));
    object.addProperty("run", run);
    object.addProperty("event", event);
    object.addProperty("step", address.step());
    addItem(object, address.items());
    return object;
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
