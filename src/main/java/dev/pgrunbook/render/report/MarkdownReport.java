package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.render.MarkdownText;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.report.RunHistory.Decision;
import dev.pgrunbook.render.report.RunHistory.Probe;
import dev.pgrunbook.render.report.RunHistory.Sitting;
import dev.pgrunbook.render.report.RunHistory.StatementHistory;
import dev.pgrunbook.render.report.RunHistory.StepHistory;
import dev.pgrunbook.render.report.RunHistory.Work;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as Markdown, for a ticket. */
public final class MarkdownReport {

  private static final int MOST_STEPS = 200;
  private static final int MOST_STATEMENTS = 100;
  private static final int LONGEST_SQL = 300;
  private static final int LONGEST_VALUE = 1000;

  private final RunHistory history;
  private final PageTime time;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(RunHistory history, ZoneId zone) {
    this.history = history;
    this.time = new PageTime(zone);
  }

  /** Returns the whole document, with times in a zone. */
  public static String of(RunHistory history, ZoneId zone) {
    return new MarkdownReport(history, zone).document();
  }

  private String document() {
    header();
    failures();
    waiting();
    steps();
    statements();
    probes();
    decisions();
    sittings();
    values("Parameters", history.started().arguments());
    evidence();
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void heading(String text) {
    line("");
    line("## " + text);
    line("");
  }

  private void row(String... cells) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    line(row.toString());
  }

  private void head(String... titles) {
    row(titles);
    line("|" + "---|".repeat(titles.length));
  }

  private void header() {
    Runbook runbook = history.runbook();
    String name = history.started().runbook() + " " + history.started().version();
    line("# " + MarkdownText.plain(runbook == null ? name : runbook.title()));
    line("");
    line(
        "**"
            + history.status().word()
            + "** · run "
            + MarkdownText.code(history.run())
            + " of "
            + MarkdownText.plain(name));
    line("");
    Work work = history.work();
    head("", "");
    row("began", time.zoned(history.from()));
    row("took", Quantities.duration(history.active()) + " at work");
    row("by", MarkdownText.plain(history.started().by() + "@" + history.started().host()));
    row(
        "statements",
        Quantities.count(work.statements()) + ", " + Quantities.count(work.rows(), "row"));
    row("refused", Quantities.count(work.failures()));
    history
        .started()
        .targets()
        .forEach(
            (role, target) -> {
              String server = history.servers().get(role);
              String version = server == null ? "" : ", PostgreSQL " + server;
              row(
                  "target " + MarkdownText.plain(role),
                  MarkdownText.plain(target.display() + version));
            });
  }

  private void failures() {
    List<StepHistory> failed =
        history.steps().stream()
            .filter(step -> step.status() == Status.FAILED && step.message() != null)
            .filter(step -> step.items() == null)
            .limit(20)
            .toList();
    if (!failed.isEmpty()) {
      heading("What failed");
      for (StepHistory step : failed) {
        line(
            "**"
                + MarkdownText.plain(step.address().toString())
                + "** "
                + MarkdownText.plain(step.label()));
        line("");
        out.append(MarkdownText.block("", step.failureText()));
        line("");
      }
    }
  }

  private void waiting() {
    if (!history.waiting().isEmpty()) {
      heading("What it waits for");
      history.waiting().forEach(each -> line("- " + MarkdownText.plain(each)));
    }
  }

  private void steps() {
    heading("Steps");
    head("step", "state", "took", "did");
    history.steps().stream().limit(MOST_STEPS).forEach(this::step);
    if (history.steps().size() > MOST_STEPS) {
      line("");
      line(Quantities.count(history.steps().size() - MOST_STEPS, "further step") + " not shown.");
    }
  }

  private void step(StepHistory step) {
    List<String> did = new ArrayList<>();
    String title = title(step);
    if (title != null) {
      did.add(MarkdownText.plain(title));
    }
    Work work = step.work();
    StepsHtml.sums(work.statements(), work.rows(), work.failures()).forEach(did::add);
    step.facts().forEach(fact -> did.add(MarkdownText.plain(fact)));
    String message = step.message();
    if (message != null && step.status() == Status.SKIPPED) {
      did.add("skipped, " + MarkdownText.plain(message));
    }
    Duration active = step.active();
    row(
        MarkdownText.plain(step.address().toString()),
        step.status().name().toLowerCase(Locale.ROOT),
        active == null ? "" : Quantities.duration(active),
        String.join("; ", did));
  }

  private @Nullable String title(StepHistory step) {
    if (!step.label().isEmpty()) {
      return step.label();
    }
    Runbook runbook = history.runbook();
    Step known = runbook == null ? null : runbook.step(step.address().step());
    return known == null ? null : known.header().documentation().title();
  }

  private void statements() {
    int shown = 0;
    for (StepHistory step : history.steps()) {
      for (StatementHistory each : step.statements()) {
        if (shown == 0) {
          heading("Statements");
          head("step", "#", "statement", "rows", "took", "outcome");
        }
        shown++;
        if (shown <= MOST_STATEMENTS) {
          statement(step, each);
        }
      }
    }
    long all = history.work().statements();
    if (all > MOST_STATEMENTS) {
      line("");
      line("The first " + MOST_STATEMENTS + " of " + Quantities.count(all, "statement") + ".");
    }
  }

  private void statement(StepHistory step, StatementHistory each) {
    String sql = each.sql() == null ? each.command() : each.sql();
    Long rows = each.rows();
    row(
        MarkdownText.plain(step.address().toString()),
        String.valueOf(each.index()),
        MarkdownText.code(shortened(sql, LONGEST_SQL)),
        rows == null ? "" : Quantities.count(rows),
        Quantities.duration(each.took()),
        each.outcome());
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + " …";
  }

  private void probes() {
    boolean any = false;
    for (StepHistory step : history.steps()) {
      for (Probe probe : step.probes()) {
        if (!any) {
          heading("Probes");
          head("probe", "ended", "polls", "last seen");
          any = true;
        }
        List<String> values = new ArrayList<>();
        probe
            .finished()
            .values()
            .forEach((name, value) -> values.add(MarkdownText.plain(name + " " + value.display())));
        row(
            MarkdownText.plain(step.address() + " " + step.label()),
            MarkdownText.plain(probe.finished().outcome()) + took(probe.curve()),
            Quantities.count(probe.finished().samples()),
            String.join(", ", values));
      }
    }
  }

  private static String took(@Nullable ProbeCurve curve) {
    if (curve == null || curve.points().isEmpty()) {
      return "";
    }
    double seconds = curve.points().get(curve.points().size() - 1).seconds();
    return " after " + Quantities.duration(Duration.ofMillis((long) (seconds * 1000)));
  }

  private void decisions() {
    if (!history.decisions().isEmpty()) {
      heading("What people did");
      head("at", "step", "what", "answer", "by", "comment");
      for (Decision decision : history.decisions()) {
        String text = decision.text().isBlank() ? "" : ": " + MarkdownText.plain(decision.text());
        row(
            time.full(decision.at()),
            MarkdownText.plain(decision.address().toString()),
            decision.what() + text,
            decision.answer(),
            MarkdownText.plain(decision.by()),
            decision.comment() == null ? "" : MarkdownText.plain(decision.comment()));
      }
    }
  }

  private void sittings() {
    heading("How it went");
    head("from", "to", "by", "", "end");
    for (Sitting sitting : history.sittings()) {
      row(
          time.full(sitting.from()),
          time.full(sitting.to()),
          MarkdownText.plain(sitting.by()),
          sitting.began(),
          MarkdownText.plain(sitting.end()));
    }
  }

  private void values(String title, Map<String, Value> values) {
    if (!values.isEmpty()) {
      heading(title);
      values.forEach(
          (name, value) -> {
            String text = value.isNull() ? "null" : value.display();
            line(
                "- "
                    + MarkdownText.plain(name)
                    + ": "
                    + MarkdownText.code(shortened(text, LONGEST_VALUE)));
          });
    }
  }

  private void evidence() {
    heading("The record");
    line("- runbook digest " + MarkdownText.code(history.digest()));
    String damage = history.audit().damage();
    String whole =
        damage == null ? ", whole and unchanged" : ", damaged: " + MarkdownText.plain(damage);
    line("- journal: " + Quantities.count(history.audit().records(), "record") + whole);
    line("- journal hash " + MarkdownText.code(history.audit().hash()));
    line("- pgrunbook " + MarkdownText.plain(history.started().program()));
  }
}
