package dev.pgrunbook.repl;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.StatementOutcome;
import dev.pgrunbook.engine.OperatorActs;
import dev.pgrunbook.engine.OperatorActs.Outcome;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.model.TargetRole;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.StepExpander;
import dev.pgrunbook.plan.UnfitValue;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.sql.TransactionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL of the operator's own: what reads, what writes once that is confirmed, and EXPLAIN. */
final class SqlCommands {

  /** More rows than these are no answer to look at. */
  static final int ROWS = 1_000;

  private static final Set<String> EXPLAINED =
      Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE TABLE AS");

  private final Look look;
  private final Standing standing;
  private final StepScreen screen;
  private final StatementScreen statements;
  private final ResultText results;
  private final RunQuestion question;

  SqlCommands(Look look, Standing standing, StepScreen screen, StatementScreen statements) {
    this.look = look;
    this.standing = standing;
    this.screen = screen;
    this.statements = statements;
    this.results = new ResultText(look, standing);
    this.question = new RunQuestion(screen);
  }

  /** Runs queries in sessions that cannot write. */
  Reaction read(String text) {
    Prepared prepared = prepare(text);
    if (prepared.problem() != null) {
      return prepared.problem();
    }
    List<String> lines = new ArrayList<>();
    for (ExpandedStatement statement : prepared.statements()) {
      if (reaches(statement)) {
        return say(
            "this calls a function whose effect a read-only transaction does not prevent;"
                + " sql! asks, and journals it");
      }
      lines.addAll(read(prepared.role(), statement));
    }
    return Reaction.say(lines);
  }

  private static boolean reaches(ExpandedStatement statement) {
    return statement.analysis().command().equals("SELECT") && OperatorActs.reachesBeyond(statement);
  }

  private List<String> read(String role, ExpandedStatement statement) {
    Outcome outcome =
        standing
            .acts()
            .query(standing.request().address(), role, statement, standing.scope(), ROWS);
    List<String> lines = new ArrayList<>(results.of(outcome));
    boolean writes =
        outcome instanceof Outcome.Refused refused
            && refused.failure().error().sqlstate().equals("25006");
    if (writes) {
      lines.addAll(screen.asides("what is typed here only reads; sql! writes: it asks first"));
    }
    return lines;
  }

  /** Asks, and runs what writes in one transaction. */
  Reaction write(String text) {
    Prepared prepared = prepare(text);
    if (prepared.problem() != null) {
      return prepared.problem();
    }
    String obstacle = obstacle(prepared.statements());
    if (obstacle != null) {
      return say(obstacle);
    }
    TargetDatabase target = standing.acts().target(prepared.role());
    List<String> shown =
        new ArrayList<>(statements.ofOperator(prepared.role(), prepared.statements()));
    shown.add("");
    return question.ask(shown, target, () -> carryOut(prepared));
  }

  private static @Nullable String obstacle(List<ExpandedStatement> statements) {
    for (ExpandedStatement statement : statements) {
      TransactionRule rule = statement.analysis().transactionRule();
      if (rule == TransactionRule.CONTROL) {
        return "statements typed together are one transaction already: leave BEGIN and COMMIT out";
      }
      if (rule == TransactionRule.BARRED && statements.size() > 1) {
        return statement.analysis().command()
            + " cannot run inside a transaction block: type it alone";
      }
    }
    return null;
  }

  private Reaction carryOut(Prepared prepared) {
    return Reaction.say(
        results.of(
            standing
                .acts()
                .write(
                    standing.request().address(),
                    prepared.role(),
                    prepared.statements(),
                    standing.scope(),
                    ROWS)));
  }

  /** Explains a statement, or those that the step is about to run; nothing is carried out. */
  Reaction explain(String text) {
    if (text.isEmpty()) {
      return explainStep();
    }
    String options = text.toLowerCase(Locale.ROOT).strip();
    if (options.startsWith("analyze") || options.startsWith("analyse") || options.startsWith("(")) {
      return say("explain takes the statement alone: it never runs it, as ANALYZE would");
    }
    Prepared prepared = prepare(text);
    if (prepared.problem() != null) {
      return prepared.problem();
    }
    List<String> lines = new ArrayList<>();
    prepared.statements().forEach(one -> lines.addAll(explain(prepared.role(), one)));
    return Reaction.say(lines);
  }

  private Reaction explainStep() {
    String role = standing.role();
    if (role == null || !(standing.request() instanceof Request.BeforeStep before)) {
      return say("explain takes a statement here: no step is about to run one");
    }
    List<String> lines = new ArrayList<>();
    for (ExpandedStatement statement : before.statements()) {
      if (EXPLAINED.contains(statement.analysis().command())) {
        lines.addAll(explain(role, statement));
      } else {
        lines.addAll(screen.asides(statement.analysis().command() + " has no plan to explain"));
      }
    }
    return lines.isEmpty() ? say("this step runs no SQL of its own") : Reaction.say(lines);
  }

  private List<String> explain(String role, ExpandedStatement statement) {
    BoundSql sql = statement.sql();
    ExpandedStatement explained =
        new ExpandedStatement(
            1,
            new BoundSql("EXPLAIN " + sql.text(), sql.values()),
            "EXPLAIN " + statement.display(),
            statement.analysis());
    Outcome outcome =
        standing
            .acts()
            .query(standing.request().address(), role, explained, standing.scope(), ROWS);
    if (!(outcome instanceof Outcome.Answered answered)) {
      return results.of(outcome);
    }
    List<String> lines = new ArrayList<>();
    for (StatementOutcome one : answered.statements()) {
      Rows rows = one.rows();
      if (rows != null) {
        rows.rows().forEach(row -> lines.add(" " + DisplayText.line(row.get(0).display())));
      }
    }
    return lines;
  }

  /**
   * Statements ready to be sent.
   *
   * @param problem why there are none; null when there are
   */
  private record Prepared(
      String role, List<ExpandedStatement> statements, @Nullable Reaction problem) {}

  private Prepared prepare(String text) {
    String role = standing.role();
    if (role == null) {
      return refused(screen.asides("this runbook has no target to send SQL to"));
    }
    if (text.isEmpty()) {
      return refused(screen.asides("a statement is missing: it goes up to its semicolon"));
    }
    Validated<SqlTemplate> parsed = SqlTemplate.parse(SourceText.of("<typed>", text));
    SqlTemplate template = parsed.orNull();
    if (template == null) {
      List<String> lines = new ArrayList<>();
      for (Diagnostic mistake : parsed.diagnostics()) {
        lines.addAll(screen.asides(mistake.message()));
      }
      return refused(lines);
    }
    for (String name : template.names()) {
      if (standing.scope().lookup(name) == null) {
        return refused(screen.asides(unknown(name)));
      }
    }
    try {
      StepExpander expander = new StepExpander(standing.plan().runbook());
      return new Prepared(role, expander.expand(template, standing.scope()), null);
    } catch (UnfitValue unfit) {
      return refused(screen.asides(unfit.sentence()));
    }
  }

  private static Prepared refused(List<String> lines) {
    return new Prepared("", List.of(), Reaction.say(lines));
  }

  private String unknown(String name) {
    String hint = Spelling.didYouMean(name, new Values(standing.plan().runbook()).names());
    return "there is no parameter or variable \"" + name + "\"" + (hint == null ? "" : "; " + hint);
  }

  Reaction use(String role) {
    List<TargetRole> roles = standing.plan().runbook().targets();
    if (roles.stream().anyMatch(target -> target.role().equals(role))) {
      standing.use(role);
      return say("SQL goes to " + role + " from here on");
    }
    List<String> lines = new ArrayList<>();
    if (!role.isEmpty()) {
      lines.addAll(screen.asides("there is no target \"" + role + "\""));
    }
    int widest = roles.stream().mapToInt(one -> DisplayText.width(one.role())).max().orElse(0);
    for (TargetRole target : roles) {
      boolean current = target.role().equals(standing.role());
      TargetDatabase database = standing.acts().target(target.role());
      String mark = current ? look.glyphs().running() : " ";
      String name = DisplayText.pad(DisplayText.line(target.role()), widest);
      String where = DisplayText.line(database.database().settings().display());
      Role paint = database.isProtected() ? Role.WARNING : current ? Role.HINT : Role.DIM;
      lines.add(
          " "
              + look.theme().paint(Role.HINT, mark)
              + " "
              + (current ? look.theme().paint(Role.HEADING, name) : name)
              + "  "
              + look.theme().paint(paint, where)
              + (database.isProtected() ? "  protected" : ""));
    }
    return Reaction.say(lines);
  }

  private Reaction say(String sentence) {
    return Reaction.say(screen.asides(sentence));
  }
}
