package dev.pgrunbook.plan;

import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.plan.Asking.Asked;
import dev.pgrunbook.plan.Facts.Examination;
import dev.pgrunbook.plan.ItemPlanner.Site;
import dev.pgrunbook.plan.PlannedStatement.Purpose;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plans a generator: runs its read-only rounds, and shows the very statements of the last. */
final class GeneratePlanner {

  /** A server is asked about so many generated statements of a step at most. */
  private static final int EXAMINED = 500;

  private final Asking asking;
  private final Effects effects;
  private final SecretTexts secrets;

  GeneratePlanner(Asking asking, Effects effects, SecretTexts secrets) {
    this.asking = asking;
    this.effects = effects;
    this.secrets = secrets;
  }

  /** Plans one item; what it saves is handed on, or is forgotten by whoever asked. */
  void plan(
      GenerateStep step,
      Site site,
      StepExpander expander,
      ItemDraft draft,
      Consumer<@Nullable ListValue> saved) {
    ExpandedStatement first = expander.expandOne(step.generate(), site.scope());
    List<List<String>> stages = new ArrayList<>();
    List<GeneratedRow> rows = rounds(step, site, first, draft, stages);
    if (rows == null) {
      effects.addAnything(step.id(), step.executionTarget());
      saved.accept(null);
      return;
    }
    draft.observe(new Observation.Generated(stages));
    boolean preview = site.onlyIf() != null;
    addStatements(step, rows, !preview, draft);
    if (preview) {
      effects.addAnything(step.id(), step.executionTarget());
      saved.accept(null);
      return;
    }
    List<Value> items = new ArrayList<>();
    rows.forEach(row -> items.add(row.row()));
    saved.accept(new ListValue(items));
  }

  private @Nullable List<GeneratedRow> rounds(
      GenerateStep step,
      Site site,
      ExpandedStatement first,
      ItemDraft draft,
      List<List<String>> stages) {
    List<ExpandedStatement> queries = List.of(first);
    List<GeneratedRow> rows = List.of();
    for (int stage = 1; stage <= step.stages(); stage++) {
      rows = new ArrayList<>();
      for (ExpandedStatement query : queries) {
        List<GeneratedRow> round = round(step, site, stage, query, draft);
        if (round == null) {
          return null;
        }
        rows.addAll(round);
      }
      if (stage < step.stages()) {
        stages.add(rows.stream().map(GeneratedRow::sql).toList());
        queries = expanded(rows);
      }
    }
    return rows;
  }

  private static List<ExpandedStatement> expanded(List<GeneratedRow> rows) {
    List<ExpandedStatement> queries = new ArrayList<>();
    for (GeneratedRow row : rows) {
      String sql = row.sql();
      queries.add(
          new ExpandedStatement(
              queries.size() + 1, BoundSql.of(sql), sql, StatementAnalysis.of(sql)));
    }
    return queries;
  }

  private @Nullable List<GeneratedRow> round(
      GenerateStep step, Site site, int stage, ExpandedStatement query, ItemDraft draft) {
    Asked asked =
        asking.ask(step.target(), query, site.scope(), GeneratedRow.MAXIMUM, site.onlyIf());
    if (stage == 1) {
      draft.add(
          PlannedStatement.written(
                  Purpose.GENERATOR,
                  step.target(),
                  query.display(),
                  step.generate().text(),
                  query.analysis())
              .with(asked.about(), asked.findings()));
    } else {
      asked.findings().forEach(draft::find);
    }
    if (asked.rows() != null) {
      draft.resolve(asked.later() == null ? Resolution.resolved() : asked.later());
      return GeneratedRow.all(step, stage, asked.rows(), secrets.all());
    }
    draft.resolve(
        asked.later() == null
            ? new Deferred("its statements come from the database", List.of())
            : asked.later());
    return null;
  }

  private void addStatements(
      GenerateStep step, List<GeneratedRow> rows, boolean certain, ItemDraft draft) {
    List<StatementEffects> told =
        StepEffects.of(step, rows.stream().map(GeneratedRow::sql).toList());
    asking.expect(step.executionTarget(), told.subList(0, Math.min(EXAMINED, told.size())));
    int number = 0;
    for (GeneratedRow row : rows) {
      number++;
      StatementAnalysis analysis = StatementAnalysis.of(row.sql());
      GeneratedRow.check(step, number, row.sql(), analysis);
      PlannedStatement statement =
          PlannedStatement.generated(step.executionTarget(), row, analysis);
      if (number <= EXAMINED) {
        Examination known =
            asking.examine(
                step.executionTarget(),
                new ExpandedStatement(number, BoundSql.of(row.sql()), row.sql(), analysis),
                told.get(number - 1));
        statement = statement.with(known.facts(), known.findings());
      }
      draft.add(statement);
      if (certain) {
        effects.add(step.id(), step.executionTarget(), analysis);
      }
    }
    if (number > EXAMINED) {
      draft.find(
          Finding.note(
              "not-examined",
              "the server was asked about the first " + EXAMINED + " of its statements only"));
    }
  }
}
