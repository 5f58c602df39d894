package dev.pgrunbook.render.report;

import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.journal.StepState.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.render.DisplayText;
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

  /** Text in which nothing is Markdown or HTML, on one line. */
  static String plain(String text) {
    String line = DisplayText.line(text.strip().replace("\n", " "));
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if ("\\`*_[]<>|#~&!".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Text as code, on one line; in a table a bar is escaped even there. */
  static String code(String text) {
    String line = DisplayText.line(text.strip().replace("\n", " ")).replace("|", "\\|");
    String ticks = "`".repeat(longestRun(line) + 1);
    String space = ticks.length() > 1 || line.startsWith("`") || line.endsWith("`") ? " " : "";
    return line.isEmpty() ? "" : ticks + space + line + space + ticks;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private void block(String language, String text) {
    String harmless = DisplayText.lines(text.strip());
    String fence = "`".repeat(Math.max(3, longestRun(harmless) + 1));
    line(fence + language);
    line(harmless);
    line(fence);
  }

  private void header() {
    Runbook runbook = history.runbook();
    String name = history.started().runbook() + " " + history.started().version();
    line("# " + plain(runbook == null ? name : runbook.title()));
    line("");
    line("**" + history.status().word() + "** · run " + code(history.run()) + " of " + plain(name));
    line("");
    Work work = history.work();
    head("", "");
    row("began", time.zoned(history.from()));
    row("took", Quantities.duration(history.active()) + " at work");
    row("by", plain(history.started().by() + "@" + history.started().host()));
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
              row("target " + plain(role), plain(target.display() + version));
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
        line("**" + plain(step.address().toString()) + "** " + plain(step.label()));
        line("");
        block("", step.failureText());
        line("");
      }
    }
  }

  private void waiting() {
    if (!history.waiting().isEmpty()) {
      heading("What it waits for");
      history.waiting().forEach(each -> line("- " + plain(each)));
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
      did.add(plain(title));
    }
    Work work = step.work();
    StepsHtml.sums(work.statements(), work.rows(), work.failures()).forEach(did::add);
    step.facts().forEach(fact -> did.add(plain(fact)));
    String message = step.message();
    if (message != null && step.status() == Status.SKIPPED) {
      did.add("skipped, " + plain(message));
    }
    Duration active = step.active();
    row(
        plain(step.address().toString()),
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
        plain(step.address().toString()),
        String.valueOf(each.index()),
        code(shortened(sql, LONGEST_SQL)),
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
            .forEach((name, value) -> values.add(plain(name + " " + value.display())));
        row(
            plain(step.address() + " " + step.label()),
            plain(probe.finished().outcome()) + took(probe.curve()),
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
      heading("Who decided");
      head("at", "step", "what", "answer", "by", "comment");
      for (Decision decision : history.decisions()) {
        String text = decision.text().isBlank() ? "" : ": " + plain(decision.text());
        row(
            time.full(decision.at()),
            plain(decision.address().toString()),
            decision.what() + text,
            decision.answer(),
            plain(decision.by()),
            decision.comment() == null ? "" : plain(decision.comment()));
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
          plain(sitting.by()),
          sitting.began(),
          plain(sitting.end()));
    }
  }

  private void values(String title, Map<String, Value> values) {
    if (!values.isEmpty()) {
      heading(title);
      values.forEach(
          (name, value) -> {
            String text = value.isNull() ? "null" : value.display();
            line("- " + plain(name) + ": " + code(shortened(text, LONGEST_VALUE)));
          });
    }
  }

  private void evidence() {
    heading("The record");
    line("- runbook digest " + code(history.digest()));
    String damage = history.audit().damage();
    String whole = damage == null ? ", whole and unchanged" : ", damaged: " + plain(damage);
    line("- journal: " + Quantities.count(history.audit().records(), "record") + whole);
    line("- journal hash " + code(history.audit().hash()));
    line("- pgrunbook " + plain(history.started().program()));
  }
}
