package dev.pgrunbook.loader;

import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.Expectation;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.TimeWindow;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.sql.SqlStatement;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.syntax.SyntaxNode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds the kinds of steps that send statements: query, sql, generate, check. */
final class StatementKinds {

  private final BindingContext context;
  private final Findings findings;

  StatementKinds(BindingContext context) {
    this.context = context;
    this.findings = context.findings();
  }

  StepSite.@Nullable Body query(StepSite site) {
    SqlTemplate query = read(site, "query");
    return query == null ? null : header -> new QueryStep(header, query, site.save());
  }

  StepSite.@Nullable Body sql(StepSite site) {
    MappingReader reader = site.reader();
    TransactionMode transaction = transaction(reader);
    Isolation isolation = word(reader, "isolation", Isolation.values(), Isolation::word);
    if (isolation != null && transaction == TransactionMode.NONE) {
      findings.add(
          RunbookRule.CONFLICTING_KEYS.at(
              reader.keySpan("isolation"), "without a transaction there is no isolation"));
    }
    SqlTemplate sql = context.sql().bind(site.value(), SqlUse.writing(transaction), site.scope());
    SqlTemplate undo = undo(site, transaction);
    if (sql == null) {
      return null;
    }
    if (context.targets().isReadOnly(site.target())) {
      checkReading(sql, site);
    }
    return header -> new SqlStep(header, sql, transaction, isolation, site.save(), undo);
  }

  private void checkReading(SqlTemplate sql, StepSite site) {
    for (SqlStatement statement : sql.statements()) {
      if (SqlEffects.writes(statement.analysis())) {
        SourceSpan span = site.reader().keySpan("target");
        String message =
            "the target \""
                + site.target()
                + "\" is read-only, and this step's "
                + statement.analysis().command()
                + " writes";
        findings.add(RunbookRule.READ_ONLY_TARGET.at(span, message));
        return;
      }
    }
  }

  StepSite.@Nullable Body generate(StepSite site) {
    MappingReader reader = site.reader();
    int stages = reader.integer("stages", 1);
    ReviewMode review = word(reader, "review", ReviewMode.values(), ReviewMode::word);
    String executeOn = context.targets().use(reader, "executeOn");
    TransactionMode transaction = transaction(reader);
    Duration pause = reader.duration("pause", DurationLimits.PAUSE);
    TimeWindow window = context.clocks().window(reader);
    SqlTemplate generate = read(site, "generate");
    SqlTemplate undo = undo(site, transaction);
    checkExecution(site, executeOn == null ? site.target() : executeOn, executeOn != null);
    if (generate == null) {
      return null;
    }
    ReviewMode mode = review == null ? ReviewMode.REQUIRED : review;
    return header ->
        new GenerateStep(
            header,
            generate,
            stages,
            mode,
            executeOn,
            transaction,
            pause,
            window,
            site.save(),
            undo);
  }

  private void checkExecution(StepSite site, @Nullable String executes, boolean elsewhere) {
    if (context.targets().isReadOnly(executes)) {
      String message = "the target \"" + executes + "\" is read-only, and statements run on it";
      findings.add(
          RunbookRule.READ_ONLY_TARGET
              .at(site.reader().keySpan(elsewhere ? "executeOn" : "target"), message)
              .withHint("say where they run: executeOn: and another target"));
    }
  }

  StepSite.@Nullable Body check(StepSite site) {
    MappingReader reader = site.reader();
    Expectation expect = word(reader, "expect", Expectation.values(), Expectation::word);
    SqlTemplate check = read(site, "check");
    ResultColumns columns = new ResultColumns();
    if (check == null) {
      columns.addUnknown();
    } else {
      columns.add(check.text());
    }
    ColumnScope scope = new ColumnScope(site.scope(), columns, Set.of());
    TextTemplate message = context.expressions().text(reader, "message", scope, site.scope());
    if (check == null) {
      return null;
    }
    Expectation expectation = expect == null ? Expectation.TRUE : expect;
    return header -> new CheckStep(header, check, expectation, message);
  }

  /** What reverts a step runs in transactions as the step does. */
  private @Nullable SqlTemplate undo(StepSite site, TransactionMode transaction) {
    SyntaxNode node = site.reader().take("undo");
    return node == null
        ? null
        : context.sql().bind(node, SqlUse.undoing(transaction), site.scope());
  }

  private @Nullable SqlTemplate read(StepSite site, String key) {
    return context.sql().bind(site.value(), SqlUse.reading(key), site.scope());
  }

  private static TransactionMode transaction(MappingReader reader) {
    TransactionMode mode =
        word(reader, "transaction", TransactionMode.values(), TransactionMode::word);
    return mode == null ? TransactionMode.EACH : mode;
  }

  private static <E> @Nullable E word(
      MappingReader reader, String key, E[] values, Function<E, String> wordOf) {
    String word = reader.choice(key);
    for (E value : values) {
      if (wordOf.apply(value).equals(word)) {
        return value;
      }
    }
    return null;
  }
}
