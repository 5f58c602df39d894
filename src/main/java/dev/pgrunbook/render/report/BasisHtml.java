package dev.pgrunbook.render.report;

import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Markup;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.value.Value;
import java.util.Map;

/** What a run was given, what it kept, and what proves that the report tells of it. */
final class BasisHtml {

  private static final int LONGEST_VALUE = 4000;
  private static final int MOST_VARIABLES = 200;

  private final RunHistory history;
  private final Markup page;
  private final ReportParts parts;

  BasisHtml(RunHistory history, Markup page) {
    this.history = history;
    this.page = page;
    this.parts = new ReportParts(page);
  }

  void write() {
    arguments();
    targets();
    variables();
    evidence();
  }

  private void arguments() {
    Map<String, Value> arguments = history.started().arguments();
    if (!arguments.isEmpty()) {
      parts.section("Parameters", () -> named(arguments));
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
    parts.section(
        "Targets",
        () -> {
          parts.table("role", "connection", "database", "server");
          history
              .started()
              .targets()
              .forEach(
                  (role, target) -> {
                    page.open("tr");
                    parts.cell("role", role);
                    parts.cell("connection", target.connection());
                    parts.cell("database", target.display());
                    String server = history.servers().get(role);
                    parts.cell("server", server == null ? "not known" : "PostgreSQL " + server);
                    page.closeLine();
                  });
          page.close().closeLine();
        });
  }

  private void variables() {
    if (!history.variables().isEmpty()) {
      parts.section(
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
    parts.section(
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
