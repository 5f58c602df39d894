package dev.pgrunbook.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.ValueJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has seen over time, as reports draw it: kept beside the journal, bounded in size
 * however long the probe ran.
 *
 * @param begun when the probe began
 * @param unit what is counted, or null
 * @param columns the names of the further numbers of each point
 * @param points in order of time
 * @param changes the texts of the sources, each time one changed
 */
public record ProbeCurve(
    Instant begun,
    @Nullable String unit,
    List<String> columns,
    List<Point> points,
    List<Change> changes) {

  /** The version of its JSON. */
  static final int FORMAT = 1;

  /** A curve is drawn some hundred columns wide; more points than this show nothing more. */
  static final int MOST_POINTS = 512;

  private static final int MOST_COLUMNS = 8;
  private static final int MOST_CHANGES = 200;
  private static final int LONGEST_TEXT = 200;

  public ProbeCurve {
    columns = List.copyOf(columns);
    points = List.copyOf(points);
    changes = List.copyOf(changes);
  }

  /**
   * One moment.
   *
   * @param seconds since the probe began
   * @param done null while not known
   * @param total null while not known
   * @param numbers of the further columns, null where not known
   * @param restarted whether {@code done} has moved backwards since the point before
   */
  public record Point(
      double seconds,
      @Nullable Double done,
      @Nullable Double total,
      List<@Nullable Double> numbers,
      boolean restarted) {
    public Point {
      numbers = Collections.unmodifiableList(new ArrayList<>(numbers));
    }
  }

  /** A text of a source that is another from now on; null for none. */
  public record Change(double seconds, String column, @Nullable String text) {}

  /** Returns the curve as JSON, with its version. */
  public String toJson() {
    JsonObject root = new JsonObject();
    root.addProperty("format", FORMAT);
    root.addProperty("begun", EventJson.time(begun));
    if (unit != null) {
      root.addProperty("unit", unit);
    }
    JsonArray names = new JsonArray();
    columns.forEach(names::add);
    root.add("columns", names);
    JsonArray all = new JsonArray();
    points.forEach(point -> all.add(json(point)));
    root.add("points", all);
    JsonArray texts = new JsonArray();
    for (Change change : changes) {
      JsonArray entry = new JsonArray();
      entry.add(change.seconds());
      entry.add(change.column());
      entry.add(change.text());
      texts.add(entry);
    }
    root.add("changes", texts);
    return root.toString();
  }

  private static JsonArray json(Point point) {
    JsonArray entry = new JsonArray();
    entry.add(point.seconds());
    entry.add(number(point.done()));
    entry.add(number(point.total()));
    point.numbers().forEach(each -> entry.add(number(each)));
    if (point.restarted()) {
      entry.add(true);
    }
    return entry;
  }

  /** JSON has no infinity, and a curve no use for one. */
  private static JsonElement number(@Nullable Double number) {
    if (number == null || !Double.isFinite(number)) {
      return JsonNull.INSTANCE;
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return whole ? new JsonPrimitive(number.longValue()) : new JsonPrimitive(number);
  }

  /**
   * Returns the curve that a text holds.
   *
   * @throws IllegalArgumentException when it holds none that this program can read
   */
  public static ProbeCurve fromJson(String json) {
    try {
      JsonObject root = ValueJson.parseTree(json).getAsJsonObject();
      if (root.get("format").getAsInt() != FORMAT) {
        throw new IllegalArgumentException("a curve of another format");
      }
      List<String> columns = new ArrayList<>();
      root.getAsJsonArray("columns").forEach(name -> columns.add(name.getAsString()));
      List<Point> points = new ArrayList<>();
      root.getAsJsonArray("points")
          .forEach(entry -> points.add(point(entry.getAsJsonArray(), columns.size())));
      List<Change> changes = new ArrayList<>();
      root.getAsJsonArray("changes").forEach(entry -> changes.add(change(entry.getAsJsonArray())));
      JsonElement unit = root.get("unit");
      return new ProbeCurve(
          JournalTime.read(root.get("begun").getAsString()),
          unit == null ? null : unit.getAsString(),
          columns,
          points,
          changes);
    } catch (IllegalStateException | NullPointerException | IndexOutOfBoundsException malformed) {
      throw new IllegalArgumentException("no curve of a probe", malformed);
    }
  }

  private static Point point(JsonArray entry, int columns) {
    List<@Nullable Double> numbers = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      numbers.add(number(entry.get(3 + i)));
    }
    boolean restarted = entry.size() > 3 + columns;
    double seconds = entry.get(0).getAsDouble();
    return new Point(seconds, number(entry.get(1)), number(entry.get(2)), numbers, restarted);
  }

  private static @Nullable Double number(JsonElement json) {
    return json.isJsonNull() ? null : Double.valueOf(json.getAsDouble());
  }

  private static Change change(JsonArray entry) {
    JsonElement text = entry.get(2);
    return new Change(
        entry.get(0).getAsDouble(),
        entry.get(1).getAsString(),
        text.isJsonNull() ? null : text.getAsString());
  }

  /**
   * Takes samples as they come. Once there are too many, every second one is dropped and only every
   * second is taken from then on; the last one is always there, and so is every restart.
   */
  public static final class Recorder {

    private final List<Point> points = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, @Nullable String> texts = new LinkedHashMap<>();
    private final List<String> columns = new ArrayList<>();
    private @Nullable Point last;
    private int every = 1;
    private int since;

    /**
     * Takes a sample in.
     *
     * @param values every column of the sources
     */
    public void take(
        Duration elapsed,
        @Nullable Double done,
        @Nullable Double total,
        Map<String, Value> values,
        boolean restarted) {
      double seconds = elapsed.toMillis() / 1000.0;
      @Nullable Double[] numbers = new @Nullable Double[MOST_COLUMNS];
      values.forEach((name, value) -> see(seconds, name, value, numbers));
      List<@Nullable Double> further = Arrays.asList(numbers).subList(0, columns.size());
      Point point = new Point(seconds, done, total, further, restarted);
      since++;
      last = point;
      if (since >= every || restarted || points.isEmpty()) {
        points.add(point);
        last = null;
        since = 0;
      }
      if (points.size() > MOST_POINTS) {
        thinOut();
      }
    }

    private void see(double seconds, String name, Value value, @Nullable Double[] numbers) {
      Double number = value.number();
      if (number != null) {
        int index = columns.indexOf(name);
        if (index < 0 && columns.size() < MOST_COLUMNS) {
          columns.add(name);
          index = columns.size() - 1;
        }
        if (index >= 0) {
          numbers[index] = number;
        }
        return;
      }
      boolean numeric = columns.contains(name);
      String text = value.isNull() ? null : shortened(value.display());
      // Null before anything was known is no change.
      if (!Objects.equals(texts.get(name), text) && !numeric && changes.size() < MOST_CHANGES) {
        texts.put(name, text);
        changes.add(new Change(seconds, name, text));
      }
    }

    private static String shortened(String text) {
      return text.length() <= LONGEST_TEXT
          ? text
          : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST_TEXT)));
    }

    private void thinOut() {
      List<Point> kept = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        if (i % 2 == 0 || (points.get(i).restarted() && kept.size() < MOST_POINTS / 2)) {
          kept.add(points.get(i));
        }
      }
      points.clear();
      points.addAll(kept);
      every *= 2;
    }

    /** Returns the curve so far. */
    public ProbeCurve curve(Instant begun, @Nullable String unit) {
      List<Point> all = new ArrayList<>(points);
      if (last != null) {
        all.add(last);
      }
      List<Point> even = all.stream().map(this::filled).toList();
      return new ProbeCurve(begun, unit, columns, even, changes);
    }

    /** A column that came later is unknown before. */
    private Point filled(Point point) {
      List<@Nullable Double> numbers = new ArrayList<>(point.numbers());
      while (numbers.size() < columns.size()) {
        numbers.add(null);
      }
      return new Point(point.seconds(), point.done(), point.total(), numbers, point.restarted());
    }
  }
}
