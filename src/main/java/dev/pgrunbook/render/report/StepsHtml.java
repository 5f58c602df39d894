package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.render.Markup;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.report.RunHistory.Count;
import dev.pgrunbook.render.report.RunHistory.Failure;
import dev.pgrunbook.render.report.RunHistory.Probe;
import dev.pgrunbook.render.report.RunHistory.StatementHistory;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import dev.pgrunbook.render.report.RunHistory.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every step, folded: what it is, what it did, statement by statement. */
final class StepsHtml {

  private static final int MOST_STEPS = 1000;
  private static final int MOST_ITEMS = 60;
  private static final int MOST_STATEMENTS = 60;

  /** Of all steps together: a page of a hundred thousand rows opens slowly. */
  private static final int MOST_ROWS = 4000;

  private final RunHistory history;
  private final PageTime time;
  private final Markup page;
  private int rows;

  StepsHtml(RunHistory history, PageTime time, Markup page) {
    this.history = history;
    this.time = time;
    this.page = page;
  }

  /** Returns where a step stands on the page. */
  static String anchor(String step) {
    return "step-" + step;
  }

  void write() {
    List<StepParts> steps = StepParts.of(history);
    steps.stream().limit(MOST_STEPS).forEach(this::step);
    if (steps.size() > MOST_STEPS) {
      String rest = Quantities.count(steps.size() - MOST_STEPS, "further step");
      page.element("p", rest + " not shown here", "class", "dim");
    }
    notBegun(steps);
  }

  private void notBegun(List<StepParts> begun) {
    Runbook runbook = history.runbook();
    if (runbook == null) {
      return;
    }
    Set<String> known = begun.stream().map(StepParts::id).collect(Collectors.toSet());
    List<String> rest = new ArrayList<>();
    for (Step step : runbook.steps()) {
      if (!known.contains(step.id())) {
        rest.add(step.id());
      }
    }
    if (!rest.isEmpty()) {
      page.element("p", "Not begun: " + String.join(", ", rest), "class", "dim");
    }
  }

  private void step(StepParts step) {
    boolean trouble = step.all().stream().anyMatch(StepHistory::isTrouble);
    String open = trouble ? "open" : null;
    page.open("details", "class", "step", "id", anchor(step.id()), "open", open);
    page.open("summary");
    Step known = known(step.id());
    String title = known == null ? null : known.header().documentation().title();
    summary(step.status(), step.id(), title == null ? "" : title, facts(step), step.active());
    page.open("div", "class", "body");
    written(known);
    if (step.whole() != null) {
      did(step.whole());
    }
    items(step.items());
    page.close().closeLine();
  }

  private void summary(
      Status status, String name, String title, List<String> facts, @Nullable Duration active) {
    page.element("span", word(status), "class", "mark " + word(status));
    page.element("b", name);
    page.element("span", title, "class", "title");
    page.element("span", String.join(", ", facts), "class", "facts");
    page.element("span", active == null ? "" : Quantities.duration(active), "class", "took");
    page.closeLine();
  }

  private static List<String> facts(StepParts step) {
    List<String> facts = new ArrayList<>();
    if (!step.items().isEmpty()) {
      facts.add(Quantities.count(step.items().size(), "item"));
    }
    long statements = 0;
    long changed = 0;
    long failures = 0;
    for (StepHistory each : step.all()) {
      statements += each.work().statements();
      changed += each.work().rows();
      failures += each.work().failures();
    }
    facts.addAll(sums(statements, changed, failures));
    return facts;
  }

  static List<String> sums(long statements, long rows, long failures) {
    List<String> facts = new ArrayList<>();
    if (statements > 0) {
      facts.add(Quantities.count(statements, "statement"));
    }
    if (rows > 0) {
      facts.add(Quantities.count(rows, "row"));
    }
    if (failures > 0) {
      facts.add(Quantities.count(failures) + " refused");
    }
    return facts;
  }

  private @Nullable Step known(String id) {
    Runbook runbook = history.runbook();
    return runbook == null ? null : runbook.step(id);
  }

  /** Tells what the runbook says of the step. */
  private void written(@Nullable Step step) {
    if (step == null) {
      return;
    }
    String target = step.target() == null ? "" : " on " + step.target();
    page.element("p", step.kind() + target, "class", "dim");
    String warning = step.header().documentation().warning();
    if (warning != null) {
      page.element("p", warning.strip(), "class", "warning");
    }
    String sql = StepSql.of(step);
    if (!sql.isEmpty()) {
      page.open("details", "class", "sql").element("summary", "SQL as the runbook has it");
      sql(sql);
      page.closeLine();
    }
  }

  private void did(StepHistory step) {
    for (String fact : step.facts()) {
      page.element("p", fact);
    }
    String message = step.message();
    if (message != null && step.status() == Status.SKIPPED) {
      page.element("p", "skipped, " + message, "class", "dim");
    } else if (message != null) {
      page.element("pre", step.failureText(), "class", "error", "tabindex", "0");
    }
    for (Probe probe : step.probes()) {
      String polls = Quantities.count(probe.finished().samples(), "poll");
      String at = " at " + time.full(probe.at());
      page.element("p", "probe " + probe.finished().outcome() + " after " + polls + at);
    }
    failures(step.failures(), step.work().failures());
    statements(step.statements(), step.work());
  }

  private void failures(List<Failure> failures, long all) {
    for (Failure failure : failures) {
      String again = failure.failed().willRetry() ? ", tried again" : "";
      page.open("details", "class", "refused");
      String message = failure.failed().error().message();
      page.element("summary", time.full(failure.at()) + "  " + message + again);
      page.element("pre", failure.text(), "class", "error", "tabindex", "0");
      page.closeLine();
    }
    if (all > failures.size()) {
      String rest = Quantities.count(all - failures.size(), "further refusal");
      page.element("p", rest + " not shown", "class", "dim");
    }
  }

  private void statements(List<StatementHistory> statements, Work work) {
    int shown = Math.min(Math.min(statements.size(), MOST_STATEMENTS), MOST_ROWS - rows);
    if (shown > 0) {
      rows += shown;
      page.open("table", "class", "statements stacked");
      head("#", "statement", "rows", "took", "at", "outcome");
      page.open("tbody");
      statements.subList(0, shown).forEach(this::statement);
      page.close().closeLine();
    }
    if (work.statements() > shown) {
      page.element("p", rest(work, shown), "class", "dim");
    }
  }

  private static String rest(Work work, int shown) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Count> entry : work.commands().entrySet()) {
      Count count = entry.getValue();
      String rows = count.rows() > 0 ? ", " + Quantities.count(count.rows(), "row") : "";
      parts.add(Quantities.count(count.statements()) + " × " + entry.getKey() + rows);
    }
    String all = Quantities.count(work.statements(), "statement");
    String first = shown > 0 ? "; the first " + shown + " are shown" : "";
    return "All " + all + first + ": " + String.join("; ", parts);
  }

  private void head(String... titles) {
    page.open("thead").open("tr");
    for (String title : titles) {
      page.element("th", title, "scope", "col");
    }
    page.close().close();
  }

  private void statement(StatementHistory statement) {
    page.open("tr");
    page.element("td", String.valueOf(statement.index()), "class", "number");
    page.open("td", "class", "code");
    String sql = statement.sql();
    page.element("code", sql == null ? statement.command() : shortened(sql));
    page.close();
    Long count = statement.rows();
    cell("rows", count == null ? "" : Quantities.count(count));
    cell("took", Quantities.duration(statement.took()));
    cell("at", time.clock(statement.at()));
    String xid = statement.transaction();
    cell("outcome", statement.outcome() + (xid == null ? "" : " (xid " + xid + ")"));
    page.closeLine();
  }

  private void cell(String label, String text) {
    page.element(
        "td", text, "data-label", label, "class", label.equals("outcome") ? null : "number");
  }

  private static String shortened(String sql) {
    String text = sql.strip();
    return text.length() <= 2000 ? text : text.substring(0, 2000) + " …";
  }

  private void items(List<StepHistory> items) {
    List<StepHistory> shown = new ArrayList<>();
    items.stream().filter(StepHistory::isTrouble).limit(MOST_ITEMS).forEach(shown::add);
    for (StepHistory item : items) {
      if (shown.size() < MOST_ITEMS && !item.isTrouble()) {
        shown.add(item);
      }
    }
    for (StepHistory item : shown) {
      page.open("details", "class", "item", "open", item.isTrouble() ? "open" : null);
      page.open("summary");
      Work work = item.work();
      List<String> facts = sums(work.statements(), work.rows(), work.failures());
      summary(item.status(), item.address().toString(), item.label(), facts, item.active());
      page.open("div", "class", "body");
      did(item);
      page.close().closeLine();
    }
    if (items.size() > shown.size()) {
      page.element("p", restOf(items, shown.size()), "class", "dim");
    }
  }

  private static String restOf(List<StepHistory> items, int shown) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    items.forEach(item -> counts.merge(word(item.status()), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((word, count) -> parts.add(Quantities.count(count) + " " + word));
    String all = Quantities.count(items.size(), "item");
    return "All " + all + "; " + shown + " are shown: " + String.join(", ", parts);
  }

  private void sql(String text) {
    page.open("pre", "tabindex", "0").element("code", text).close();
  }

  static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
