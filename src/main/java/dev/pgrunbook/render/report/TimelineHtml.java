package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.render.Markup;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.report.RunHistory.Doing;
import dev.pgrunbook.render.report.RunHistory.Span;
import dev.pgrunbook.render.report.RunHistory.StatementHistory;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** When each step ran, a line a step; the marks within a line are statements that took effect. */
final class TimelineHtml {

  private static final int HEIGHT = 20;

  /** As many lines as are looked at; the rest is folded. */
  private static final int MOST_SHOWN = 40;

  private static final int MOST_FOLDED = 400;

  /** Marks nearer than this cannot be told apart. */
  private static final double LEAST_GAP = 3;

  private static final int TICKS = 4;

  private final RunHistory history;
  private final PageTime time;
  private final TimeScale scale;
  private final Markup page;

  TimelineHtml(RunHistory history, PageTime time, Markup page) {
    this.history = history;
    this.time = time;
    this.scale = new TimeScale(history.sittings());
    this.page = page;
  }

  /** A line: the step itself, and its items drawn into it. */
  private record Line(StepHistory step, List<StepHistory> items) {}

  void write() {
    List<Line> lines = lines();
    page.open("div", "class", "timeline");
    axis();
    lines.stream().limit(MOST_SHOWN).forEach(this::line);
    page.closeLine();
    if (lines.size() > MOST_SHOWN) {
      page.open("details");
      String rest = Quantities.count(lines.size() - MOST_SHOWN, "further step");
      page.element("summary", rest);
      page.open("div", "class", "timeline");
      lines.stream().skip(MOST_SHOWN).limit(MOST_FOLDED).forEach(this::line);
      page.close().closeLine();
    }
    legend();
  }

  private List<Line> lines() {
    Map<String, Line> lines = new LinkedHashMap<>();
    for (StepHistory step : history.steps()) {
      Line line = lines.get(step.address().step());
      if (line == null) {
        lines.put(step.address().step(), new Line(step, new ArrayList<>(List.of(step))));
      } else {
        line.items().add(step);
      }
    }
    return List.copyOf(lines.values());
  }

  private void axis() {
    page.open("div", "class", "axis", "aria-hidden", "true");
    page.element("span", "");
    page.open("span", "class", "ticks");
    for (int i = 0; i <= TICKS; i++) {
      double at = (double) TimeScale.WIDTH * i / TICKS;
      page.element("span", tick(scale.moment(at)));
    }
    page.close();
    page.element("span", "");
    page.closeLine();
  }

  /** A run in one go is read by how long it took, one with pauses by the clock. */
  private String tick(Instant moment) {
    if (history.sittings().size() > 1) {
      return time.clock(moment);
    }
    Duration since = Duration.between(history.from(), moment);
    return since.isZero() ? "0" : Quantities.duration(since);
  }

  private void line(Line line) {
    StepHistory step = line.step();
    String name = step.address().step();
    page.open("div", "class", "row");
    page.element("a", name, "class", "name", "href", "#" + StepsHtml.anchor(name));
    Duration active = step.active();
    String took = active == null ? "" : Quantities.duration(active);
    String said = name + ": " + step.status().name().toLowerCase(Locale.ROOT);
    page.open(
        "svg",
        "viewBox",
        "0 0 " + TimeScale.WIDTH + " " + HEIGHT,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        took.isEmpty() ? said : said + " in " + took);
    for (double[] pause : scale.pauses()) {
      rectangle("pause", pause[0], pause[1], 0, HEIGHT);
    }
    bars(line);
    marks(line);
    page.close();
    page.element("span", took, "class", "took");
    page.closeLine();
  }

  /** Items of a loop lie one behind the other; what cannot be told apart is drawn as one. */
  private void bars(Line line) {
    boolean loop = line.step().items() != null && line.items().size() > 1;
    List<StepHistory> drawn = loop ? line.items().subList(1, line.items().size()) : line.items();
    String kind = "";
    double from = -1;
    double to = -1;
    for (StepHistory step : drawn) {
      for (Span span : step.spans()) {
        String next = kind(step, span);
        double start = scale.at(span.from());
        double end = Math.max(scale.at(span.to()), start + 2.5);
        if (next.equals(kind) && start - to < 1 && end - from < 60_000 && loop) {
          to = Math.max(to, end);
        } else {
          rectangle(kind, from, to, 3, HEIGHT - 6);
          kind = next;
          from = start;
          to = end;
        }
      }
    }
    rectangle(kind, from, to, 3, HEIGHT - 6);
  }

  private static String kind(StepHistory step, Span span) {
    if (span.doing() == Doing.FAILURE) {
      return "failed";
    } else if (span.doing() == Doing.QUESTION) {
      return "asked";
    }
    return step.status() == Status.SKIPPED ? "skipped" : "work";
  }

  private void marks(Line line) {
    double last = -LEAST_GAP;
    for (StepHistory step : line.items()) {
      for (StatementHistory statement : step.statements()) {
        double at = scale.at(statement.at());
        if (at - last >= LEAST_GAP) {
          rectangle("mark", at - 1.2, at, 3, HEIGHT - 6);
          last = at;
        }
      }
    }
  }

  private void rectangle(String kind, double from, double to, int top, int height) {
    if (from < to) {
      double left = Math.min(from, TimeScale.WIDTH - 2.5);
      page.shape(
          "rect",
          "class",
          kind,
          "x",
          number(left),
          "y",
          String.valueOf(top),
          "width",
          number(Math.max(1, Math.min(to, TimeScale.WIDTH) - left)),
          "height",
          String.valueOf(height));
    }
  }

  static String number(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void legend() {
    page.open("p", "class", "legend");
    legend("work", "at work");
    legend("asked", "waiting for a person");
    legend("failed", "ended in a failure");
    if (history.sittings().size() > 1) {
      legend("pause", "not running; not to scale");
    }
    page.closeLine();
  }

  private void legend(String kind, String text) {
    page.open("span").element("i", "", "class", kind).text(text).close().text(" ");
  }
}
