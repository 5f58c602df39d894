package dev.pgrunbook.render.report;

import dev.pgrunbook.render.Markup;

/** What the parts of a report are made of: sections, and tables that stack on a small screen. */
final class ReportParts {

  private final Markup page;

  ReportParts(Markup page) {
    this.page = page;
  }

  void section(String title, Runnable content) {
    page.open("section");
    page.element("h2", title);
    content.run();
    page.closeLine();
  }

  /** Begins a table, up to its open {@code tbody}. */
  void table(String... titles) {
    page.open("table", "class", "stacked").open("thead").open("tr");
    for (String title : titles) {
      page.element("th", title, "scope", "col");
    }
    page.close().close().open("tbody");
  }

  void cell(String label, String text) {
    page.element("td", text, "data-label", label);
  }
}
