package dev.pgrunbook.plan;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.PlannedStatement.Purpose;
import dev.pgrunbook.sql.Placeholder.Form;
import dev.pgrunbook.sql.SqlStatement;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The SQL that steps write out. */
final class StatementsOfStep {

  private final StepExpander expander;

  StatementsOfStep(StepExpander expander) {
    this.expander = expander;
  }

  /** A template with what it is for and the role it is sent to. */
  private record Source(Purpose purpose, @Nullable String role, SqlTemplate sql) {}

  private static List<Source> sources(Step step) {
    if (step instanceof QueryStep query) {
      return List.of(new Source(Purpose.QUERY, step.target(), query.query()));
    } else if (step instanceof SqlStep sql) {
      return List.of(new Source(Purpose.SQL, step.target(), sql.sql()));
    } else if (step instanceof GenerateStep generate) {
      return List.of(new Source(Purpose.GENERATOR, step.target(), generate.generate()));
    } else if (step instanceof CheckStep check) {
      return List.of(new Source(Purpose.CHECK, step.target(), check.check()));
    } else if (step instanceof ProbeStep probe) {
      return probe.sources().entrySet().stream()
          .map(source -> new Source(Purpose.PROBE, source.getKey(), source.getValue()))
          .toList();
    }
    return List.of();
  }

  /** Returns the names that what a step is for needs, in order. */
  static List<String> names(Step step) {
    TreeSet<String> names = new TreeSet<>();
    sources(step).forEach(source -> names.addAll(source.sql().names()));
    return List.copyOf(names);
  }

  /**
   * Returns a step's statements as the file writes them, with the names of values, and what those
   * that are executed do: what is locked, and how large it is, hangs on no value.
   */
  static List<PlannedStatement> templates(Step step, Asking asking) {
    List<PlannedStatement> written = templates(step);
    if (!(step instanceof SqlStep sql)) {
      return written;
    }
    List<String> texts = sql.sql().statements().stream().map(SqlStatement::text).toList();
    List<StatementEffects> told = StepEffects.of(step, texts);
    asking.expect(step.target(), told);
    List<PlannedStatement> foreseen = new ArrayList<>();
    int place = 0;
    for (PlannedStatement one : written) {
      boolean executed = one.purpose().isExecuted();
      if (executed && namesAll(sql.sql().statements().get(place))) {
        foreseen.add(asking.foresee(one, told.get(place)));
      } else {
        foreseen.add(one);
      }
      place += executed ? 1 : 0;
    }
    return foreseen;
  }

  /** An identifier that is not known yet may be any. */
  private static boolean namesAll(SqlStatement statement) {
    return statement.placeholders().stream().noneMatch(p -> p.form() == Form.IDENTIFIER);
  }

  private static List<PlannedStatement> templates(Step step) {
    List<Source> all = new ArrayList<>();
    if (step.header().unless() != null) {
      all.add(new Source(Purpose.UNLESS, step.target(), step.header().unless()));
    }
    all.addAll(sources(step));
    if (step.header().verify() != null) {
      all.add(new Source(Purpose.VERIFY, step.target(), step.header().verify()));
    }
    if (step.undo() != null) {
      all.add(new Source(Purpose.UNDO, executionTarget(step), step.undo()));
    }
    List<PlannedStatement> statements = new ArrayList<>();
    for (Source source : all) {
      for (SqlStatement statement : source.sql().statements()) {
        statements.add(template(source, statement));
      }
    }
    return statements;
  }

  private static PlannedStatement template(Source source, SqlStatement statement) {
    String text = statement.text();
    return PlannedStatement.written(
        source.purpose(), source.role(), text, text, statement.analysis());
  }

  private static @Nullable String executionTarget(Step step) {
    return step instanceof GenerateStep generate ? generate.executionTarget() : step.target();
  }

  /** Returns what would revert a step; its values may be known only then. */
  List<PlannedStatement> undo(Step step, RunScope scope, Variables variables) {
    SqlTemplate undo = step.undo();
    if (undo == null) {
      return List.of();
    }
    Source source = new Source(Purpose.UNDO, executionTarget(step), undo);
    List<PlannedStatement> all = new ArrayList<>();
    if (variables.waitFor(undo.names()) != null) {
      undo.statements().forEach(statement -> all.add(template(source, statement)));
      return all;
    }
    int place = 0;
    for (ExpandedStatement expanded : expander.expand(undo, scope)) {
      String written = undo.statements().get(place++).text();
      all.add(
          PlannedStatement.written(
              Purpose.UNDO, source.role(), expanded.display(), written, expanded.analysis()));
    }
    return all;
  }

  /** Returns what a step asks after its commit; its values may be known only then. */
  List<PlannedStatement> verify(Step step, RunScope scope, Variables variables) {
    SqlTemplate verify = step.header().verify();
    if (verify == null) {
      return List.of();
    }
    Source source = new Source(Purpose.VERIFY, step.target(), verify);
    if (variables.waitFor(verify.names()) != null) {
      return List.of(template(source, verify.statements().get(0)));
    }
    ExpandedStatement expanded = expander.expandOne(verify, scope);
    return List.of(
        PlannedStatement.written(
            Purpose.VERIFY, step.target(), expanded.display(), verify.text(), expanded.analysis()));
  }
}
