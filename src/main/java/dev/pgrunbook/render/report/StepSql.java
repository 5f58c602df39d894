package dev.pgrunbook.render.report;

import dev.pgrunbook.model.CheckStep;
import dev.pgrunbook.model.GenerateStep;
import dev.pgrunbook.model.ProbeStep;
import dev.pgrunbook.model.QueryStep;
import dev.pgrunbook.model.SqlStep;
import dev.pgrunbook.model.Step;

/** The SQL of a step as its runbook has it. */
final class StepSql {

  private StepSql() {}

  /** Returns it; nothing for a step without any. */
  static String of(Step step) {
    if (step instanceof QueryStep query) {
      return query.query().text();
    } else if (step instanceof SqlStep sql) {
      return sql.sql().text();
    } else if (step instanceof GenerateStep generate) {
      return generate.generate().text();
    } else if (step instanceof CheckStep check) {
      return check.check().text();
    } else if (step instanceof ProbeStep probe) {
      StringBuilder text = new StringBuilder();
      probe
          .sources()
          .forEach(
              (role, sql) ->
                  text.append("-- ").append(role).append('\n').append(sql.text()).append("\n\n"));
      return text.toString().strip();
    }
    return "";
  }
}
