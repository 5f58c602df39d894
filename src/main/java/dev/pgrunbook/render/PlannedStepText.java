package dev.pgrunbook.render;

import dev.pgrunbook.plan.Finding;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.plan.Observation.Generated;
import dev.pgrunbook.plan.Observation.Queried;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.PlannedBlock;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.plan.PlannedStatement.Purpose;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Resolution;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import dev.pgrunbook.plan.ResultRows;
import dev.pgrunbook.plan.StatementFacts.RelationFact;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines of a step of a plan. */
final class PlannedStepText {

  /** So many lines of a statement that only asks are shown unless all are wanted. */
  private static final int LINES_ASKED = 6;

  private static final int LINES_EXECUTED = 24;
  private static final int STATEMENTS = 40;
  private static final int ROWS = 10;
  private static final int WIDEST_ID = 28;

  private final Theme theme;
  private final Glyphs glyphs;
  private final int columns;
  private final boolean verbose;
  private final int numberWidth;
  private final int idWidth;
  private final int targetWidth;

  PlannedStepText(Theme theme, Glyphs glyphs, int columns, boolean verbose, Plan plan) {
    this.theme = theme;
    this.glyphs = glyphs;
    this.columns = columns;
    this.verbose = verbose;
    int number = 0;
    int id = 0;
    int target = 0;
    for (PlannedStep step : plan.allSteps()) {
      number = Math.max(number, step.number().length());
      id = Math.max(id, DisplayText.width(step.step().id()));
      String role = step.step().target();
      target = Math.max(target, role == null ? 0 : DisplayText.width(role));
    }
    this.numberWidth = number;
    this.idWidth = Math.min(WIDEST_ID, id);
    this.targetWidth = target;
  }

  /** Returns a step's lines, with those of the steps inside it. */
  List<String> lines(PlannedStep step, int depth) {
    List<String> lines = new ArrayList<>(headline(step));
    String warning = step.step().header().documentation().warning();
    if (warning != null && !(step.resolution() instanceof Skipped)) {
      lines.addAll(hanging("! ", Role.WARNING, warning.strip().replace('\n', ' ')));
    }
    String sideBySide = PlanWords.sideBySide(step.step());
    if (sideBySide != null && !(step.resolution() instanceof Skipped)) {
      lines.add(indent() + theme.paint(Role.DIM, cut(sideBySide)));
    }
    if (step.step().header().forEach() == null || step.items().isEmpty()) {
      lines.addAll(resolution(step.resolution()));
    }
    for (int i = 0; i < step.items().size(); i++) {
      PlannedItem item = step.items().get(i);
      if (item.label() != null) {
        String label = "[" + (i + 1) + "] " + DisplayText.line(item.label());
        lines.add(indent() + theme.paint(Role.HEADING, cut(label)));
        lines.addAll(resolution(item.resolution()));
      } else if (step.step().header().forEach() != null) {
        lines.addAll(resolution(item.resolution()));
      }
      lines.addAll(item(item));
    }
    for (PlannedItem item : step.items()) {
      for (PlannedBlock block : item.blocks()) {
        lines.addAll(block(block, depth));
      }
    }
    return lines;
  }

  private List<String> block(PlannedBlock block, int depth) {
    List<String> lines = new ArrayList<>();
    switch (block.kind()) {
      case STEPS -> {}
      case STALL -> lines.add(indent() + theme.paint(Role.HINT, "only if nothing moves:"));
      case ON_TIMEOUT -> lines.add(indent() + theme.paint(Role.HINT, "only if it takes too long:"));
    }
    block.steps().forEach(step -> lines.addAll(lines(step, depth + 1)));
    return lines;
  }

  private List<String> headline(PlannedStep step) {
    String number = DisplayText.padLeft(step.number(), numberWidth);
    String id = DisplayText.pad(DisplayText.line(step.step().id()), idWidth);
    String role = step.step().target() == null ? "" : step.step().target();
    String target = DisplayText.pad(DisplayText.line(role), targetWidth);
    String title = step.step().header().documentation().title();
    String head =
        theme.paint(Role.DIM, number)
            + " "
            + mark(step)
            + " "
            + theme.paint(Role.HEADING, id)
            + "  "
            + theme.paint(Role.HINT, target)
            + (targetWidth == 0 ? "" : "  ");
    int used = numberWidth + idWidth + targetWidth + 5 + (targetWidth == 0 ? 0 : 2);
    String text = title == null ? step.step().kind() : DisplayText.line(title);
    List<String> lines = new ArrayList<>();
    if (columns - used < 20) {
      lines.add(head.stripTrailing());
      DisplayText.wrap(text, columns - indentWidth()).forEach(line -> lines.add(indent() + line));
      return lines;
    }
    String start = head;
    for (String piece : DisplayText.wrap(text, columns - used)) {
      lines.add(start + piece);
      start = " ".repeat(used);
    }
    return lines;
  }

  private String mark(PlannedStep step) {
    boolean error =
        step.items().stream()
            .anyMatch(
                item ->
                    item.findings().stream().anyMatch(Finding::isError)
                        || item.statements().stream()
                            .flatMap(statement -> statement.findings().stream())
                            .anyMatch(Finding::isError));
    if (error) {
      return theme.paint(Role.ERROR, glyphs.failed());
    }
    if (step.resolution() instanceof Deferred) {
      return theme.paint(Role.WARNING, "?");
    }
    if (step.resolution() instanceof Skipped) {
      return theme.paint(Role.DIM, glyphs.dot());
    }
    boolean seen = step.items().stream().anyMatch(item -> item.observation() != null);
    boolean executes = step.items().stream().anyMatch(item -> !item.executed().isEmpty());
    return seen && !executes
        ? theme.paint(Role.GOOD, glyphs.done())
        : theme.paint(Role.HINT, glyphs.running());
  }

  private List<String> resolution(Resolution resolution) {
    if (resolution instanceof Deferred deferred) {
      return hanging("", Role.DIM, "known when running, because " + deferred.reason());
    }
    return resolution instanceof Skipped skipped
        ? hanging("", Role.DIM, "skipped: " + skipped.reason())
        : List.of();
  }

  private List<String> item(PlannedItem item) {
    List<String> lines = new ArrayList<>();
    if (item.prompt() != null) {
      lines.addAll(hanging("asks: ", Role.HINT, item.prompt().replace('\n', ' ')));
    }
    boolean answered = item.observation() != null && item.resolution().isResolved();
    List<PlannedStatement> executed = item.executed();
    for (PlannedStatement statement : item.statements()) {
      boolean quiet = statement.purpose().isCondition() || answered || !executed.isEmpty();
      if (!statement.purpose().isExecuted() && (verbose || !quiet)) {
        lines.addAll(sql(statement, verbose ? Integer.MAX_VALUE : LINES_ASKED));
      }
      if (!statement.purpose().isExecuted()) {
        statement.findings().forEach(finding -> lines.addAll(finding(finding)));
      }
    }
    lines.addAll(observed(item));
    int shown = verbose ? executed.size() : Math.min(STATEMENTS, executed.size());
    Set<String> told = new HashSet<>();
    for (PlannedStatement statement : executed.subList(0, shown)) {
      lines.addAll(executed(statement, told));
    }
    if (shown < executed.size()) {
      String more =
          glyphs.ellipsis() + " and " + Quantities.count(executed.size() - shown, "more statement");
      lines.add(indent() + theme.paint(Role.DIM, more));
    }
    item.findings().forEach(finding -> lines.addAll(finding(finding)));
    return lines;
  }

  private List<String> observed(PlannedItem item) {
    List<String> lines = new ArrayList<>();
    if (item.observation() != null && item.resolution() instanceof Deferred) {
      lines.add(indent() + theme.paint(Role.DIM, PlanWords.observation(item) + ":"));
    }
    if (item.observation() instanceof Checked checked && checked.passed()) {
      if (verbose && !checked.rows().isEmpty()) {
        lines.addAll(rows(checked.rows()));
      }
    } else if (item.observation() instanceof Queried queried) {
      lines.addAll(rows(queried.rows()));
    } else if (item.observation() instanceof Generated generated) {
      int stage = 0;
      for (List<String> statements : generated.stages()) {
        stage++;
        lines.add(
            indent()
                + theme.paint(
                    Role.DIM,
                    "stage " + stage + " gives " + Quantities.count(statements.size(), "query")));
      }
      if (item.executed().isEmpty()) {
        lines.add(indent() + theme.paint(Role.DIM, "generates no statement"));
      }
    }
    return lines;
  }

  private List<String> rows(ResultRows rows) {
    TextTable table = TextTable.windowed(theme, glyphs, columns - indentWidth());
    int limit = verbose ? Integer.MAX_VALUE : ROWS;
    return table.rows(rows.columns(), rows.rows(), limit, rows.truncated()).stream()
        .map(line -> indent() + line)
        .toList();
  }

  /**
   * Returns a statement that a run executes.
   *
   * @param told the codes of what was remarked on statements before; each is said once an item
   */
  private List<String> executed(PlannedStatement statement, Set<String> told) {
    List<String> lines =
        new ArrayList<>(sql(statement, verbose ? Integer.MAX_VALUE : LINES_EXECUTED));
    StatementEffects effects = statement.facts().effects();
    AnalysisText analysis = new AnalysisText(theme);
    if (effects == null) {
      lines.addAll(analysis.lines(statement.analysis(), indentWidth() + 2, columns));
      statement.facts().relations().forEach(fact -> lines.addAll(fact(fact)));
    } else {
      lines.addAll(analysis.lines(EffectText.parts(effects), indentWidth() + 2, columns));
    }
    for (Map.Entry<String, Value> column : statement.columns().fields().entrySet()) {
      String value = DisplayText.line(column.getKey() + ": " + column.getValue().display());
      lines.add(indent() + "  " + theme.paint(Role.DIM, cut(value)));
    }
    for (Finding finding : statement.findings()) {
      if (told.add(finding.code()) || verbose || finding.isError()) {
        lines.addAll(finding(finding));
      }
    }
    return lines;
  }

  private List<String> fact(RelationFact fact) {
    List<String> parts = new ArrayList<>();
    parts.add(fact.kind() + " " + DisplayText.line(fact.relation()));
    if (fact.rows() != null) {
      parts.add("about " + Quantities.count(fact.rows(), "row"));
    }
    if (fact.bytes() != null) {
      parts.add(Quantities.bytes(fact.bytes()));
    }
    return List.of(indent() + "  " + theme.paint(Role.DIM, cut(String.join(", ", parts))));
  }

  private List<String> sql(PlannedStatement statement, int limit) {
    boolean executed = statement.purpose().isExecuted();
    String whole = statement.display().strip();
    String shown = executed || limit == Integer.MAX_VALUE ? whole : SqlText.abridged(whole);
    List<String> all = DisplayText.lines(shown).lines().toList();
    List<String> lines = new ArrayList<>();
    String start = statement.purpose() == Purpose.PROBE ? statement.target() + ": " : "";
    for (String line : all.subList(0, Math.min(limit, all.size()))) {
      String text = start + line;
      lines.add(indent() + (executed ? text : theme.paint(Role.DIM, text)));
      start = "";
    }
    if (all.size() > limit) {
      String rest = Quantities.count(all.size() - limit, "more line");
      String more = glyphs.ellipsis() + " and " + rest + " of SQL";
      lines.add(indent() + theme.paint(Role.DIM, more));
    }
    return lines;
  }

  private List<String> finding(Finding finding) {
    Role role =
        switch (finding.severity()) {
          case ERROR -> Role.ERROR;
          case WARNING -> Role.WARNING;
          case NOTE -> Role.DIM;
        };
    List<String> lines = new ArrayList<>();
    String start = finding.severity().word() + ": ";
    for (String line : finding.message().lines().toList()) {
      lines.addAll(hanging(start, role, line));
      start = "";
    }
    if (finding.hint() != null) {
      lines.addAll(hanging("hint: ", Role.HINT, finding.hint()));
    }
    return lines;
  }

  private List<String> hanging(String start, Role role, String text) {
    return DisplayText.wrap(start + DisplayText.lines(text), columns - indentWidth()).stream()
        .map(piece -> indent() + theme.paint(role, piece))
        .toList();
  }

  private String cut(String text) {
    return DisplayText.cut(text, columns - indentWidth() - 2, glyphs.ellipsis());
  }

  private int indentWidth() {
    return numberWidth + 3;
  }

  private String indent() {
    return " ".repeat(indentWidth());
  }
}
