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
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When each step ran, a line a step; the marks within a line are statements that took effect. */
final class TimelineHtml {

  private static final int HEIGHT = 20;

  /** How high each is where several lie in a line, with what is left free below it. */
  private static final int LANE = 8;

  private static final int BETWEEN = 2;
  private static final int MARGIN = 3;

  /** As many lines as are looked at; the rest is folded. */
  private static final int MOST_SHOWN = 40;

  private static final int MOST_FOLDED = 400;

  /** Marks nearer than this cannot be told apart. */
  private static final double LEAST_GAP = 3;

  private static final double LEAST_WIDTH = 2.5;

  /** From this width on items are drawn one by one, so far apart. */
  private static final double LEAST_BAR = 6;

  private static final double APART = 1.5;
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

  void write() {
    List<StepParts> lines = StepParts.of(history);
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

  private void line(StepParts step) {
    page.open("div", "class", "row");
    page.element("a", step.id(), "class", "name", "href", "#" + StepsHtml.anchor(step.id()));
    Duration active = step.active();
    String took = active == null ? "" : Quantities.duration(active);
    String said = step.id() + ": " + StepsHtml.word(step.status());
    List<List<StepHistory>> lanes = lanes(step);
    int height =
        lanes.size() == 1 ? HEIGHT : 2 * MARGIN + lanes.size() * (LANE + BETWEEN) - BETWEEN;
    page.open(
        "svg",
        "viewBox",
        "0 0 " + TimeScale.WIDTH + " " + height,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        took.isEmpty() ? said : said + " in " + took + sideBySide(lanes),
        "class",
        lanes.size() == 1 ? null : "lanes",
        "height",
        lanes.size() == 1 ? null : String.valueOf(height));
    for (double[] pause : scale.pauses()) {
      rectangle("pause", pause[0], pause[1], 0, height);
    }
    for (int i = 0; i < lanes.size(); i++) {
      int top = MARGIN + i * (LANE + BETWEEN);
      int high = lanes.size() == 1 ? HEIGHT - 2 * MARGIN : LANE;
      bars(lanes.get(i), top, high);
      marks(lanes.get(i), top, high);
    }
    page.close();
    page.element("span", took, "class", "took");
    page.closeLine();
  }

  /** Of a step with items only those are drawn: they are what happens of it. */
  private static List<List<StepHistory>> lanes(StepParts step) {
    return step.items().isEmpty() ? List.of(step.all()) : Lanes.of(step.items());
  }

  private static String sideBySide(List<List<StepHistory>> lanes) {
    return lanes.size() == 1 ? "" : ", up to " + lanes.size() + " items side by side";
  }

  /**
   * A stretch of time as it is drawn.
   *
   * @param of the step or item; null for several that cannot be told apart
   */
  private record Bar(String kind, double from, double to, @Nullable StepHistory of) {

    /** Returns whether it can be told apart from what comes next. */
    boolean isWide() {
      return to - from >= LEAST_BAR;
    }

    /** Returns both as one. */
    Bar with(Bar next) {
      return new Bar(kind, from, Math.max(to, next.to), isSame(next) ? of : null);
    }

    private boolean isSame(Bar next) {
      return of != null && next.of != null && of.address().equals(next.of.address());
    }
  }

  /** Items of a loop lie one behind the other; what cannot be told apart is drawn as one. */
  private void bars(List<StepHistory> drawn, int top, int height) {
    boolean items = drawn.size() > 1 || !drawn.isEmpty() && isItem(drawn.get(0));
    Bar last = null;
    for (StepHistory step : drawn) {
      for (Span span : step.spans()) {
        double start = scale.at(span.from());
        double end = Math.max(scale.at(span.to()), start + LEAST_WIDTH);
        Bar next = new Bar(kind(step, span), start, end, items ? step : null);
        boolean apart =
            last == null
                || !next.kind().equals(last.kind())
                || next.from() - last.to() >= 1
                || last.isWide() && next.isWide();
        if (items && !apart && last != null) {
          last = last.with(next);
        } else {
          draw(last, top, height);
          last = next;
        }
      }
    }
    draw(last, top, height);
  }

  private static boolean isItem(StepHistory step) {
    return !step.address().items().isEmpty();
  }

  /** An item that can be told apart ends a little before the next, and says who it is. */
  private void draw(@Nullable Bar bar, int top, int height) {
    if (bar == null) {
      return;
    }
    StepHistory of = bar.of();
    if (of == null || !bar.isWide()) {
      rectangle(bar.kind(), bar.from(), bar.to(), top, height);
      return;
    }
    Duration active = of.active();
    String took = active == null ? "" : ", " + Quantities.duration(active);
    page.open("g").element("title", of.address() + " " + of.label() + took);
    rectangle(bar.kind(), bar.from(), bar.to() - APART, top, height);
    page.close();
  }

  private static String kind(StepHistory step, Span span) {
    if (span.doing() == Doing.FAILURE) {
      return "failed";
    } else if (span.doing() == Doing.QUESTION) {
      return "asked";
    }
    return step.status() == Status.SKIPPED ? "skipped" : "work";
  }

  private void marks(List<StepHistory> drawn, int top, int height) {
    double last = -LEAST_GAP;
    for (StepHistory step : drawn) {
      for (StatementHistory statement : step.statements()) {
        double at = scale.at(statement.at());
        if (at - last >= LEAST_GAP) {
          rectangle("mark", at - 1.2, at, top, height);
          last = at;
        }
      }
    }
  }

  private void rectangle(String kind, double from, double to, int top, int height) {
    if (from < to) {
      double left = Math.min(from, TimeScale.WIDTH - LEAST_WIDTH);
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
