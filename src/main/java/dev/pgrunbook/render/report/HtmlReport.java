package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.HtmlPage;
import dev.pgrunbook.render.Markup;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.report.CurvesHtml.Shown;
import dev.pgrunbook.render.report.RunHistory.Decision;
import dev.pgrunbook.render.report.RunHistory.Sitting;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import dev.pgrunbook.render.report.RunHistory.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * A run as one HTML file that needs nothing else: no script, no network, no font. Whoever opens it
 * sees what ran, who allowed it and what it did, without this program.
 */
public final class HtmlReport {

  private static final int MOST_FAILURES = 20;

  private final RunHistory history;
  private final PageTime time;
  private final Markup page;
  private final ReportParts parts;

  private HtmlReport(RunHistory history, ZoneId zone) {
    this.history = history;
    this.time = new PageTime(zone);
    String name = history.started().runbook() + " " + history.started().version();
    String title = history.status().word() + ": " + name + ", run " + history.run();
    this.page = HtmlPage.begin(title, "report/report.css");
    this.parts = new ReportParts(page);
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
    parts.section("Steps", () -> new StepsHtml(history, time, page).write());
    decisions();
    sittings();
    new BasisHtml(history, page).write();
    page.closeLine();
    page.close().closeLine();
    return page.document();
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
    parts.section(
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
      parts.section(
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
      parts.section("Timeline", () -> new TimelineHtml(history, time, page).write());
    }
  }

  private void curves() {
    List<Shown> curves = CurvesHtml.of(history);
    if (!curves.isEmpty()) {
      parts.section("Probes", () -> new CurvesHtml(page).write(curves));
    }
  }

  private void decisions() {
    if (history.decisions().isEmpty()) {
      return;
    }
    parts.section(
        "What people did",
        () -> {
          parts.table("at", "step", "what", "answer", "by", "comment");
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
    parts.cell("at", time.full(decision.at()) + after);
    parts.cell("step", decision.address().toString());
    String text = decision.text().strip();
    parts.cell("what", text.isEmpty() ? decision.what() : decision.what() + ": " + text);
    page.open("td", "data-label", "answer");
    if (!decision.answer().isEmpty()) {
      page.element("span", decision.answer(), "class", "mark " + decision.answer());
    }
    page.close();
    parts.cell("by", decision.by());
    parts.cell("comment", decision.comment() == null ? "" : decision.comment());
    page.closeLine();
  }

  private void sittings() {
    parts.section(
        "How it went",
        () -> {
          parts.table("from", "to", "took", "by", "how", "end");
          for (Sitting sitting : history.sittings()) {
            page.open("tr");
            parts.cell("from", time.full(sitting.from()));
            parts.cell("to", time.full(sitting.to()));
            parts.cell("took", Quantities.duration(Duration.between(sitting.from(), sitting.to())));
            parts.cell("by", sitting.by());
            parts.cell("how", sitting.began());
            parts.cell("end", sitting.end());
            page.closeLine();
          }
          page.close().closeLine();
        });
  }
}
