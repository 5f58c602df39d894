package dev.pgrunbook.plan;

import dev.pgrunbook.expression.EvaluationException;
import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.GateStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.GroupStep;
import dev.pgrunbook.model.ManualStep;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.WaitStep;
import dev.pgrunbook.plan.Asking.Asked;
import dev.pgrunbook.plan.Facts.Examination;
import dev.pgrunbook.plan.Observation.Checked;
import dev.pgrunbook.plan.PlannedStatement.Purpose;
import dev.pgrunbook.plan.Resolution.Deferred;
import dev.pgrunbook.plan.Resolution.Skipped;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans what a step does for one item: its statements, its queries, what it saves. */
final class ItemPlanner {

  /** A query's rows are for people when nothing saves them. */
  private static final int ROWS_SHOWN = 1_000;

  private final StepExpander expander;
  private final Variables variables;
  private final Effects effects;
  private final Asking asking;
  private final SecretTexts secrets;
  private final StatementsOfStep statements;

  ItemPlanner(
      StepExpander expander,
      Variables variables,
      Effects effects,
      Asking asking,
      SecretTexts secrets) {
    this.expander = expander;
    this.variables = variables;
    this.effects = effects;
    this.asking = asking;
    this.secrets = secrets;
    this.statements = new StatementsOfStep(expander);
  }

  /**
   * Where an item stands.
   *
   * @param scope what names mean
   * @param label what it is called; null for a step without a loop
   * @param repeated whether what it saves is gathered with what other items save
   * @param onlyIf what has to happen for it to run, or null when it runs in its turn
   */
  record Site(RunScope scope, @Nullable String label, boolean repeated, @Nullable String onlyIf) {

    /** Returns what would be wrong if it ran now, which may be right when it runs. */
    Finding failing(String code, String sentence) {
      return onlyIf == null
          ? Finding.error(code, sentence)
          : Finding.note(code, "as of now: " + sentence);
    }
  }

  /** Returns an item of which only the step's own text is known. */
  PlannedItem unknown(Step step, @Nullable String label, Deferred why, List<Finding> findings) {
    forget(step);
    return new PlannedItem(
        label, why, null, StatementsOfStep.templates(step, asking), null, List.of(), findings);
  }

  /**
   * Plans one item, or the step itself when it has no loop; the steps inside it are not its own.
   */
  PlannedItem plan(Step step, Site site) {
    Deferred later = variables.waitFor(StatementsOfStep.names(step));
    if (later != null) {
      return unknown(step, site.label(), later, List.of());
    }
    try {
      ItemDraft draft = new ItemDraft(site.label(), Prompts.of(step, site.scope(), variables));
      if (step.header().unless() != null && isDoneAlready(step, site, draft)) {
        variables.putNulls(step, site.repeated());
        return draft.item();
      }
      planKind(step, site, draft);
      statements.verify(step, site.scope(), variables).forEach(draft::add);
      statements.undo(step, site.scope(), variables).forEach(draft::add);
      return draft.item();
    } catch (UnfitValue unfit) {
      return failing(step, site, unfit.sentence());
    } catch (EvaluationException failure) {
      return failing(step, site, String.valueOf(failure.getMessage()));
    }
  }

  private PlannedItem failing(Step step, Site site, String sentence) {
    Deferred why = new Deferred("it would fail", List.of());
    return unknown(step, site.label(), why, List.of(site.failing("step-fails", sentence)));
  }

  private boolean isDoneAlready(Step step, Site site, ItemDraft draft) {
    SqlTemplate unless = step.header().unless();
    if (unless == null || variables.waitFor(unless.names()) != null) {
      return false;
    }
    Asked asked = ask(Purpose.UNLESS, step.target(), unless, site, 1, draft);
    if (asked.rows() != null && asked.later() == null && asked.rows().isTrue()) {
      draft.resolve(new Skipped("already done: `unless` is true"));
      return true;
    }
    if (asked.later() != null && site.onlyIf() == null) {
      draft.find(
          Finding.note(
              "may-be-done",
              "whether it is done already is known when running, because "
                  + asked.later().reason()));
    }
    return false;
  }

  private void planKind(Step step, Site site, ItemDraft draft) {
    if (step instanceof QueryStep query) {
      planQuery(query, site, draft);
    } else if (step instanceof CheckStep check) {
      planCheck(check, site, draft);
    } else if (step instanceof GenerateStep generate) {
      new GeneratePlanner(asking, effects, secrets)
          .plan(generate, site, expander, draft, rows -> save(step, site, rows, draft));
    } else if (step instanceof SqlStep sql) {
      planSql(sql, site, draft);
    } else if (step instanceof ProbeStep probe) {
      planProbe(probe, site, draft);
    } else if (step instanceof ManualStep) {
      forget(step);
    } else if (step instanceof WaitStep) {
      effects.addWaiting(step.id(), null);
    } else if (!(step instanceof GateStep || step instanceof GroupStep)) {
      throw new AssertionError(step);
    }
  }

  private void planQuery(QueryStep step, Site site, ItemDraft draft) {
    int limit = step.save() == null ? ROWS_SHOWN : SavedValues.MAXIMUM;
    Asked asked = ask(Purpose.QUERY, step.target(), step.query(), site, limit, draft);
    draft.resolve(asked.later() == null ? Resolution.resolved() : asked.later());
    if (asked.rows() == null) {
      variables.forget(step);
      return;
    }
    ResultRows shown = secrets.guarded(asked.rows());
    draft.observe(new Observation.Queried(shown));
    if (asked.later() != null) {
      variables.forget(step);
      return;
    }
    if (step.save() != null && shown.truncated()) {
      throw new UnfitValue("the query returned more than " + limit + " rows to save");
    }
    if (shown.equals(asked.rows())) {
      save(step, site, shown.toValue(), draft);
    } else {
      // A secret is masked wherever a plan shows it, and so cannot be asked with further.
      variables.forget(step);
    }
  }

  private void save(Step step, Site site, @Nullable ListValue rows, ItemDraft draft) {
    Save save = step.save();
    if (save == null) {
      return;
    }
    if (rows == null) {
      variables.forget(step);
      return;
    }
    try {
      Map<String, Value> saved = SavedValues.of(save, rows);
      saved.forEach(site.repeated() ? variables::append : variables::put);
    } catch (UnfitValue unfit) {
      variables.forget(step);
      draft.find(Finding.error("save-fails", unfit.sentence()));
    }
  }

  private void planCheck(CheckStep step, Site site, ItemDraft draft) {
    int limit = CheckVerdict.ROWS_COUNTED;
    Asked asked = ask(Purpose.CHECK, step.target(), step.check(), site, limit, draft);
    draft.resolve(asked.later() == null ? Resolution.resolved() : asked.later());
    if (asked.rows() != null) {
      Checked checked = CheckVerdict.of(step, secrets.guarded(asked.rows()), site.scope());
      draft.observe(checked);
      if (!checked.passed()) {
        draft.find(site.failing("check-failed", checked.message()));
      }
    }
  }

  private void planSql(SqlStep step, Site site, ItemDraft draft) {
    List<ExpandedStatement> expanded = expander.expand(step.sql(), site.scope());
    List<StatementEffects> told =
        StepEffects.of(step, expanded.stream().map(ExpandedStatement::display).toList());
    asking.expect(step.target(), told);
    for (ExpandedStatement statement : expanded) {
      Examination known = asking.examine(step.target(), statement, told.get(statement.index() - 1));
      String template = step.sql().statements().get(statement.index() - 1).text();
      // With the values in place, so that relations have their names.
      StatementAnalysis analysis = StatementAnalysis.of(statement.display());
      draft.add(
          PlannedStatement.written(
                  Purpose.SQL, step.target(), statement.display(), template, analysis)
              .with(known.facts(), known.findings()));
      effects.add(step.id(), step.target(), analysis);
    }
    variables.forget(step);
  }

  private void planProbe(ProbeStep step, Site site, ItemDraft draft) {
    step.sources()
        .forEach(
            (role, sql) -> {
              ExpandedStatement statement = expander.expandOne(sql, site.scope());
              Examination known = asking.examine(role, statement);
              draft.add(
                  PlannedStatement.written(
                          Purpose.PROBE,
                          role,
                          statement.display(),
                          sql.text(),
                          statement.analysis())
                      .with(known.facts(), known.findings()));
            });
    step.sources().keySet().forEach(role -> effects.addWaiting(step.id(), role));
  }

  private Asked ask(
      Purpose purpose,
      @Nullable String role,
      SqlTemplate template,
      Site site,
      int maxRows,
      ItemDraft draft) {
    ExpandedStatement statement = expander.expandOne(template, site.scope());
    Asked asked = asking.ask(role, statement, site.scope(), maxRows, site.onlyIf());
    draft.add(
        PlannedStatement.written(
                purpose, role, statement.display(), template.text(), statement.analysis())
            .with(asked.about(), asked.findings()));
    return asked;
  }

  /** Notes that what a step changes and saves is known when running. */
  void forget(Step step) {
    variables.forget(step);
    if (step instanceof SqlStep sql) {
      sql.sql().statements().forEach(s -> effects.add(step.id(), step.target(), s.analysis()));
    } else if (step instanceof GenerateStep generate) {
      effects.addAnything(step.id(), generate.executionTarget());
    } else if (step instanceof ProbeStep probe) {
      probe.sources().keySet().forEach(role -> effects.addWaiting(step.id(), role));
    } else if (step instanceof ManualStep) {
      effects.addAnything(step.id(), null);
    } else if (step instanceof WaitStep) {
      effects.addWaiting(step.id(), null);
    }
  }
}
