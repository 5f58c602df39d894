package dev.pgrunbook.plan;

import dev.pgrunbook.plan.Facts.Examination;
import dev.pgrunbook.plan.Facts.Reading;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.OfflineSyntax;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks databases on a plan's behalf: what they say counts only where nothing before changes it. */
final class Asking {

  /** The server does not know a name; a step before may be the one that creates it. */
  static final String UNDEFINED = "undefined-object";

  private final Facts facts;
  private final Effects effects;

  Asking(Facts facts, Effects effects) {
    this.facts = facts;
    this.effects = effects;
  }

  /**
   * What came of asking.
   *
   * @param rows the rows; null when there are none to have
   * @param later why it is known when running; null when the rows are those that a run will see, or
   *     when there is no database to ask
   * @param findings what the server found wrong
   * @param about what the server says about what the query touches
   */
  record Asked(
      @Nullable ResultRows rows,
      @Nullable Deferred later,
      List<Finding> findings,
      StatementFacts about) {

    private Asked knownWhenRunning(String onlyIf) {
      return new Asked(rows, new Deferred("it runs only if " + onlyIf, List.of()), findings, about);
    }
  }

  boolean connected() {
    return facts.connected();
  }

  /**
   * Runs a query where that is safe and tells something. What a step would read that may not run is
   * shown as of now, and believed of no run.
   *
   * @param onlyIf what has to happen for its step to run, or null
   */
  Asked ask(
      @Nullable String role,
      ExpandedStatement statement,
      RunScope scope,
      int maxRows,
      @Nullable String onlyIf) {
    if (role == null || !facts.connected()) {
      return new Asked(null, null, understood(statement.display()), StatementFacts.NONE);
    }
    Deferred later = effects.on(role, statement.display());
    Asked asked =
        later == null ? read(role, statement, scope, maxRows) : later(role, statement, later);
    return asked.rows() == null || onlyIf == null ? asked : asked.knownWhenRunning(onlyIf);
  }

  private Asked read(String role, ExpandedStatement statement, RunScope scope, int maxRows) {
    Reading reading = facts.read(role, statement, scope, maxRows);
    if (reading instanceof Reading.Read read) {
      Deferred later = effects.onRelations(role, read.relations());
      return later == null
          ? new Asked(read.rows(), null, List.of(), StatementFacts.NONE)
          : later(role, statement, later);
    }
    if (reading instanceof Reading.NotRun not) {
      return later(role, statement, new Deferred(not.reason(), List.of()));
    }
    Finding refused = ((Reading.Refused) reading).finding();
    String creator = refused.code().equals(UNDEFINED) ? effects.creator(role) : null;
    Deferred why =
        new Deferred(
            "the server did not answer it: " + refused.message(),
            creator == null ? List.of() : List.of(creator));
    return new Asked(null, why, List.of(settled(role, refused)), StatementFacts.NONE);
  }

  private Asked later(String role, ExpandedStatement statement, Deferred later) {
    Examination examination = examine(role, statement);
    return new Asked(null, later, examination.findings(), examination.facts());
  }

  /** Returns what a database says about a statement that is not run for the plan. */
  Examination examine(@Nullable String role, ExpandedStatement statement) {
    if (role == null || !facts.connected()) {
      return new Examination(StatementFacts.NONE, understood(statement.display()));
    }
    Examination examination = facts.examine(role, statement);
    List<Finding> findings = new ArrayList<>();
    examination.findings().forEach(finding -> findings.add(settled(role, finding)));
    return new Examination(examination.facts(), findings);
  }

  /** Tells which statements are going to be examined. */
  void expect(@Nullable String role, List<StatementEffects> offline) {
    if (role != null) {
      facts.expect(role, offline);
    }
  }

  /** Returns the same for a statement that a run executes, with what it does and advice. */
  Examination examine(
      @Nullable String role, ExpandedStatement statement, StatementEffects offline) {
    Examination checked = examine(role, statement);
    List<Finding> findings = new ArrayList<>(checked.findings());
    StatementEffects known =
        role == null || findings.stream().anyMatch(Finding::isError)
            ? offline
            : facts.refine(role, statement, offline);
    findings.addAll(StepEffects.findings(known));
    findings.addAll(standby(role, statement.analysis()));
    return new Examination(StatementFacts.of(known), findings);
  }

  /**
   * Returns a statement with what it does and advice, of which not every value is known: whether a
   * server understands it cannot be asked.
   */
  PlannedStatement foresee(PlannedStatement written, StatementEffects offline) {
    String role = written.target();
    String text = written.display();
    ExpandedStatement statement =
        new ExpandedStatement(1, BoundSql.of(text), text, written.analysis());
    StatementEffects known = role == null ? offline : facts.refine(role, statement, offline);
    List<Finding> findings = new ArrayList<>(StepEffects.findings(known));
    findings.addAll(standby(role, written.analysis()));
    return written.with(StatementFacts.of(known), findings);
  }

  /** Without a server the grammar is the only judge, and not a last one. */
  private List<Finding> understood(String statement) {
    OfflineSyntax.NotUnderstood found =
        facts.grammarJudges() ? OfflineSyntax.check(statement) : null;
    return found == null
        ? List.of()
        : List.of(Finding.warning("not-understood", found.sentence()).at(found.offset() + 1));
  }

  private List<Finding> standby(@Nullable String role, StatementAnalysis analysis) {
    boolean standby = facts.targets().stream().anyMatch(t -> t.role().equals(role) && t.standby());
    return standby && !analysis.readOnly()
        ? List.of(
            Finding.error("standby", role + " is a standby, which takes no writes")
                .withHint("name the primary as " + role))
        : List.of();
  }

  /** What is missing now may be there when a run gets here. */
  private Finding settled(String role, Finding finding) {
    String creator = finding.code().equals(UNDEFINED) ? effects.creator(role) : null;
    return creator == null
        ? finding
        : Finding.note(
            "not-checkable-yet",
            finding.message() + ", as of now; " + creator + ", which runs before, may create it");
  }
}
