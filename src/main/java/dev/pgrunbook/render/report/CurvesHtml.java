package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.journal.ProbeCurve.Change;
import dev.pgrunbook.journal.ProbeCurve.Point;
import dev.pgrunbook.render.Markup;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.report.RunHistory.Probe;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What probes have seen, as curves: progress first, every other number below it. */
final class CurvesHtml {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 120;
  private static final int SMALL = 36;
  private static final int MOST_OPEN = 6;
  private static final int MOST_CHANGES = 12;

  private final Markup page;

  CurvesHtml(Markup page) {
    this.page = page;
  }

  /** Returns the probes of a run that have a curve, with the step of each. */
  static List<Shown> of(RunHistory history) {
    List<Shown> all = new ArrayList<>();
    for (StepHistory step : history.steps()) {
      for (Probe probe : step.probes()) {
        ProbeCurve curve = probe.curve();
        if (curve != null && !curve.points().isEmpty()) {
          all.add(new Shown(step, probe, curve));
        }
      }
    }
    return all;
  }

  /** A probe and what is drawn of it. */
  record Shown(StepHistory step, Probe probe, ProbeCurve curve) {}

  void write(List<Shown> all) {
    page.open("div", "class", "curves");
    all.stream().limit(MOST_OPEN).forEach(this::figure);
    page.closeLine();
    if (all.size() > MOST_OPEN) {
      page.open("details");
      String rest = Quantities.count(all.size() - MOST_OPEN, "further probe");
      page.element("summary", rest);
      page.open("div", "class", "curves");
      all.stream().skip(MOST_OPEN).forEach(this::figure);
      page.close().closeLine();
    }
  }

  private void figure(Shown shown) {
    ProbeCurve curve = shown.curve();
    List<Point> points = curve.points();
    double end = Math.max(0.001, points.get(points.size() - 1).seconds());
    page.open("figure");
    page.open("figcaption");
    page.element("strong", shown.step().address().toString());
    if (!shown.step().label().isEmpty()) {
      page.text(" ").element("span", shown.step().label());
    }
    page.element("span", told(shown), "class", "dim");
    page.closeLine();
    boolean measured = points.stream().filter(point -> point.done() != null).count() > 1;
    if (measured) {
      progress(curve, end, shown.step().address().toString());
    }
    numbers(curve, end, measured);
    changes(telling(curve));
    page.closeLine();
  }

  /** A text that is another at most polls, such as a size, is told once, as it was last. */
  private static List<Change> telling(ProbeCurve curve) {
    Map<String, Integer> counts = new HashMap<>();
    curve.changes().forEach(change -> counts.merge(change.column(), 1, Integer::sum));
    Map<String, Change> last = new HashMap<>();
    curve.changes().stream()
        .filter(change -> change.text() != null)
        .forEach(change -> last.put(change.column(), change));
    int restless = Math.max(3, curve.points().size() / 2);
    return curve.changes().stream()
        .filter(
            change ->
                counts.getOrDefault(change.column(), 0) < restless
                    || change.equals(last.get(change.column())))
        .toList();
  }

  private static String told(Shown shown) {
    String polls = Quantities.count(shown.probe().finished().samples(), "poll");
    return " " + shown.probe().finished().outcome() + " after " + polls;
  }

  private void progress(ProbeCurve curve, double end, String name) {
    double top = 0;
    for (Point point : curve.points()) {
      top = Math.max(top, Math.max(or0(point.done()), or0(point.total())));
    }
    double scale = top <= 0 ? 1 : top * 1.04;
    String unit = curve.unit() == null ? "" : " " + curve.unit();
    page.open("div", "class", "chart");
    page.element("span", amount(top, curve.unit()) + unit(curve.unit(), unit), "class", "top");
    plot(HEIGHT, name + ": progress over time");
    for (Point point : curve.points()) {
      if (point.restarted()) {
        String x = x(point, end);
        page.shape(
            "line", "class", "restart", "x1", x, "x2", x, "y1", "0", "y2", String.valueOf(HEIGHT));
      }
    }
    List<String> lines = lines(curve.points(), end, scale, HEIGHT, Point::done);
    for (String line : lines) {
      String first = line.substring(0, line.indexOf(','));
      String last = line.substring(line.lastIndexOf(' ') + 1, line.lastIndexOf(','));
      String area = first + "," + HEIGHT + " " + line + " " + last + "," + HEIGHT;
      page.shape("polygon", "class", "area", "points", area);
      page.shape("polyline", "class", "done", "points", line);
    }
    for (String line : lines(curve.points(), end, scale, HEIGHT, Point::total)) {
      page.shape("polyline", "class", "total", "points", line);
    }
    page.close();
    ends(end);
    page.closeLine();
  }

  private static String unit(@Nullable String unit, String written) {
    return "bytes".equals(unit) ? "" : written;
  }

  private static double or0(@Nullable Double number) {
    return number == null ? 0 : number;
  }

  private void plot(int height, String label) {
    page.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + height,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        label);
  }

  private void ends(double end) {
    Duration half = Duration.ofMillis((long) (end * 500));
    Duration whole = Duration.ofMillis((long) (end * 1000));
    page.open("span", "class", "ends");
    page.element("span", "0");
    page.element("span", Quantities.duration(half));
    page.element("span", Quantities.duration(whole));
    page.close();
  }

  /** Returns the parts of a curve between the places where nothing is known. */
  private static List<String> lines(
      List<Point> points,
      double end,
      double top,
      int height,
      Function<Point, @Nullable Double> number) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Point point : points) {
      Double value = number.apply(point);
      if (value == null || point.restarted()) {
        add(lines, line);
      }
      if (value != null) {
        String y = TimelineHtml.number(height - height * Math.max(0, value) / top);
        line.append(line.isEmpty() ? "" : " ").append(x(point, end)).append(',').append(y);
      }
    }
    add(lines, line);
    return lines;
  }

  private static void add(List<String> lines, StringBuilder line) {
    if (!line.isEmpty()) {
      lines.add(line.toString());
      line.setLength(0);
    }
  }

  private static String x(Point point, double end) {
    return TimelineHtml.number(WIDTH * point.seconds() / end);
  }

  /** What is the same as the progress is not drawn again, and what never changes is only told. */
  private void numbers(ProbeCurve curve, double end, boolean measured) {
    List<String> constant = new ArrayList<>();
    for (int i = 0; i < curve.columns().size(); i++) {
      int column = i;
      String name = curve.columns().get(i);
      Function<Point, @Nullable Double> number = point -> point.numbers().get(column);
      boolean known = measured && curve.points().stream().allMatch(p -> isProgress(number, p));
      List<Double> values = new ArrayList<>();
      curve.points().stream().map(number).filter(Objects::nonNull).forEach(values::add);
      if (!known && values.stream().distinct().count() > 1) {
        small(curve, end, name, number);
      } else if (!known && !values.isEmpty()) {
        constant.add(name + " " + amount(values.get(0), name));
      }
    }
    if (!constant.isEmpty()) {
      page.element("p", String.join(", ", constant), "class", "changes");
    }
  }

  private static boolean isProgress(Function<Point, @Nullable Double> number, Point point) {
    return same(number.apply(point), point.done()) || same(number.apply(point), point.total());
  }

  private static boolean same(@Nullable Double one, @Nullable Double other) {
    return one == null || one.equals(other);
  }

  private void small(
      ProbeCurve curve, double end, String name, Function<Point, @Nullable Double> number) {
    double most = 0;
    double last = 0;
    for (Point point : curve.points()) {
      Double value = number.apply(point);
      most = Math.max(most, or0(value));
      last = value == null ? last : value;
    }
    page.open("div", "class", "small");
    page.element("span", name, "class", "name");
    plot(SMALL, name + " over time");
    for (String line : lines(curve.points(), end, most <= 0 ? 1 : most * 1.06, SMALL, number)) {
      page.shape("polyline", "class", "number", "points", line);
    }
    page.close();
    String said = "at most " + amount(most, name) + ", at last " + amount(last, name);
    page.element("span", said, "class", "dim");
    page.closeLine();
  }

  private static String amount(double number, @Nullable String name) {
    return Quantities.measured(number, name == null ? "" : name);
  }

  private void changes(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    page.open("p", "class", "changes");
    int shown = Math.min(MOST_CHANGES, changes.size());
    for (Change change : changes.subList(0, shown)) {
      String at = Quantities.duration(Duration.ofMillis((long) (change.seconds() * 1000)));
      String text = change.text() == null ? "none" : change.text();
      page.open("span").element("b", at).text(" " + change.column() + " " + text).close();
      page.text(" ");
    }
    if (shown < changes.size()) {
      page.text(Quantities.count(changes.size() - shown, "further change"));
    }
    page.closeLine();
  }
}
