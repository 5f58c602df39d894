package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.HtmlPage;
import dev.pgrunbook.render.Markup;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.report.CurvesHtml.Shown;
import dev.pgrunbook.render.report.RunHistory.Decision;
import dev.pgrunbook.render.report.RunHistory.Sitting;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import dev.pgrunbook.render.report.RunHistory.Work;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A run as one HTML file that needs nothing else: no script, no network, no font. Whoever opens it
 * sees what ran, who allowed it and what it did, without this program.
 */
public final class HtmlReport {

  private static final int MOST_FAILURES = 20;
  private static final int LONGEST_VALUE = 4000;
  private static final int MOST_VARIABLES = 200;

  private final RunHistory history;
  private final PageTime time;
  private final Markup page;

  private HtmlReport(RunHistory history, ZoneId zone) {
    this.history = history;
    this.time = new PageTime(zone);
    String name = history.started().runbook() + " " + history.started().version();
    String title = history.status().word() + ": " + name + ", run " + history.run();
    this.page = HtmlPage.begin(title, "report/report.css");
  }

  /** Returns the whole document, with times in a zone. */
  public static String of(RunHistory history, ZoneId zone) {
    return new HtmlReport(history, zone).document();
  }

  private String document() {
    String name = history.started().runbook() + " " + history.started().version();
    header(name);
    page.open("main");
    failures();
    waiting();
    timeline();
    curves();
    section("Steps", () -> new StepsHtml(history, time, page).write());
    decisions();
    sittings();
    arguments();
    targets();
    variables();
    evidence();
    page.closeLine();
    page.close().closeLine();
    return page.document();
  }

  private void section(String title, Runnable content) {
    page.open("section");
    page.element("h2", title);
    content.run();
    page.closeLine();
  }

  private String status() {
    return history.status().word();
  }

  private void header(String name) {
    Runbook runbook = history.runbook();
    page.open("header", "class", "top " + status());
    page.open("p", "class", "status").element("span", status()).close();
    page.element("h1", runbook == null ? name : runbook.title());
    page.open("p", "class", "dim");
    page.text(runbook == null ? "" : name + " · ").text("run ").element("code", history.run());
    page.close();
    Work work = history.work();
    page.open("dl", "class", "facts");
    HtmlPage.fact(page, "began", time.zoned(history.from()));
    HtmlPage.fact(page, "took", took());
    HtmlPage.fact(page, "by", history.started().by() + "@" + history.started().host());
    HtmlPage.fact(page, "steps", steps());
    HtmlPage.fact(page, "statements", Quantities.count(work.statements()));
    HtmlPage.fact(page, "rows", Quantities.count(work.rows()));
    HtmlPage.fact(page, "refused", refused(work));
    HtmlPage.fact(page, "by people", Quantities.count(history.decisionCount()));
    page.close().closeLine();
  }

  private String took() {
    String active = Quantities.duration(history.active());
    int pauses = history.sittings().size() - 1;
    Duration whole = Duration.between(history.from(), history.to());
    return pauses == 0 ? active : active + " at work, " + Quantities.duration(whole) + " in all";
  }

  private static String refused(Work work) {
    String again = work.retries() > 0 ? ", " + work.retries() + " tried again" : "";
    return Quantities.count(work.failures()) + again;
  }

  private String steps() {
    long begun = 0;
    long settled = 0;
    for (StepHistory step : history.steps()) {
      boolean whole = step.address().items().isEmpty();
      begun += whole ? 1 : 0;
      boolean done =
          step.status() == StepState.Status.DONE || step.status() == StepState.Status.SKIPPED;
      settled += whole && done ? 1 : 0;
    }
    Runbook runbook = history.runbook();
    long all = runbook == null ? begun : Math.max(begun, runbook.steps().size());
    return Quantities.count(settled) + " of " + Quantities.count(all);
  }

  private void failures() {
    List<StepHistory> failed =
        history.steps().stream()
            .filter(step -> step.status() == StepState.Status.FAILED && step.message() != null)
            .filter(step -> step.items() == null)
            .toList();
    if (failed.isEmpty()) {
      return;
    }
    section(
        "What failed",
        () -> {
          for (StepHistory step : failed.subList(0, Math.min(MOST_FAILURES, failed.size()))) {
            failure(step);
          }
          if (failed.size() > MOST_FAILURES) {
            String rest = Quantities.count(failed.size() - MOST_FAILURES, "further failure");
            page.element("p", rest + " below", "class", "dim");
          }
        });
  }

  private void failure(StepHistory step) {
    page.open("article", "class", "failure");
    page.open("h3");
    String anchor = "#" + StepsHtml.anchor(step.address().step());
    page.element("a", step.address().toString(), "href", anchor).text(" ");
    page.element("span", step.label(), "class", "dim");
    page.close();
    page.element("pre", step.failureText(), "class", "error", "tabindex", "0");
    page.closeLine();
  }

  private void waiting() {
    if (!history.waiting().isEmpty()) {
      section(
          "What it waits for",
          () -> {
            page.open("ul");
            history.waiting().stream()
                .limit(MOST_FAILURES)
                .forEach(each -> page.element("li", each));
            page.closeLine();
          });
    }
  }

  private void timeline() {
    if (!history.steps().isEmpty()) {
      section("Timeline", () -> new TimelineHtml(history, time, page).write());
    }
  }

  private void curves() {
    List<Shown> curves = CurvesHtml.of(history);
    if (!curves.isEmpty()) {
      section("Probes", () -> new CurvesHtml(page).write(curves));
    }
  }

  private void table(String kind, String... titles) {
    page.open("table", "class", kind).open("thead").open("tr");
    for (String title : titles) {
      page.element("th", title, "scope", "col");
    }
    page.close().close().open("tbody");
  }

  private void cell(String label, String text) {
    page.element("td", text, "data-label", label);
  }

  private void decisions() {
    if (history.decisions().isEmpty()) {
      return;
    }
    section(
        "What people did",
        () -> {
          table("stacked", "at", "step", "what", "answer", "by", "comment");
          history.decisions().forEach(this::decision);
          page.close().closeLine();
          int rest = history.decisionCount() - history.decisions().size();
          if (rest > 0) {
            page.element("p", Quantities.count(rest, "further decision") + " not shown");
          }
        });
  }

  private void decision(Decision decision) {
    page.open("tr");
    Instant asked = decision.asked();
    Duration waited = asked == null ? Duration.ZERO : Duration.between(asked, decision.at());
    String after = waited.toSeconds() < 1 ? "" : ", after " + Quantities.duration(waited);
    cell("at", time.full(decision.at()) + after);
    cell("step", decision.address().toString());
    String text = decision.text().strip();
    cell("what", text.isEmpty() ? decision.what() : decision.what() + ": " + text);
    page.open("td", "data-label", "answer");
    if (!decision.answer().isEmpty()) {
      page.element("span", decision.answer(), "class", "mark " + decision.answer());
    }
    page.close();
    cell("by", decision.by());
    cell("comment", decision.comment() == null ? "" : decision.comment());
    page.closeLine();
  }

  private void sittings() {
    section(
        "How it went",
        () -> {
          table("stacked", "from", "to", "took", "by", "how", "end");
          for (Sitting sitting : history.sittings()) {
            page.open("tr");
            cell("from", time.full(sitting.from()));
            cell("to", time.full(sitting.to()));
            cell("took", Quantities.duration(Duration.between(sitting.from(), sitting.to())));
            cell("by", sitting.by());
            cell("how", sitting.began());
            cell("end", sitting.end());
            page.closeLine();
          }
          page.close().closeLine();
        });
  }

  private void arguments() {
    Map<String, Value> arguments = history.started().arguments();
    if (!arguments.isEmpty()) {
      section("Parameters", () -> named(arguments));
    }
  }

  private void named(Map<String, Value> values) {
    page.open("dl", "class", "named");
    values.entrySet().stream()
        .limit(MOST_VARIABLES)
        .forEach(
            entry -> {
              page.element("dt", entry.getKey());
              page.element("dd", shortened(entry.getValue()));
            });
    page.closeLine();
  }

  private static String shortened(Value value) {
    String text = value.isNull() ? "null" : value.display();
    if (text.length() <= LONGEST_VALUE) {
      return text;
    }
    String rest = Quantities.count(text.length() - LONGEST_VALUE, "further character");
    return DisplayText.lines(text.substring(0, LONGEST_VALUE)) + " … " + rest;
  }

  private void targets() {
    if (history.started().targets().isEmpty()) {
      return;
    }
    section(
        "Targets",
        () -> {
          table("stacked", "role", "connection", "database", "server");
          history
              .started()
              .targets()
              .forEach(
                  (role, target) -> {
                    page.open("tr");
                    cell("role", role);
                    cell("connection", target.connection());
                    cell("database", target.display());
                    String server = history.servers().get(role);
                    cell("server", server == null ? "not known" : "PostgreSQL " + server);
                    page.closeLine();
                  });
          page.close().closeLine();
        });
  }

  private void variables() {
    if (!history.variables().isEmpty()) {
      section(
          "What it kept",
          () -> {
            page.open("details");
            page.element("summary", Quantities.count(history.variables().size(), "variable"));
            named(history.variables());
            page.closeLine();
          });
    }
  }

  private void evidence() {
    section(
        "The record",
        () -> {
          page.open("dl", "class", "named");
          line("runbook digest", history.digest());
          history.started().sources().forEach((name, digest) -> line(name, digest));
          String damage = history.audit().damage();
          line(
              "journal",
              Quantities.count(history.audit().records(), "record")
                  + (damage == null ? ", whole and unchanged" : ""));
          if (damage != null) {
            line("damaged", damage);
          }
          line("journal hash", history.audit().hash());
          line("program", "pgrunbook " + history.started().program());
          line("verify it with", "pgrunbook audit " + history.run());
          page.closeLine();
        });
  }

  private void line(String name, String text) {
    page.element("dt", name);
    page.open("dd").element("code", text).close();
  }
}
