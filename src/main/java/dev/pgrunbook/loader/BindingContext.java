package dev.pgrunbook.loader;

import dev.pgrunbook.source.SourceSpan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the binders of one runbook share.
 *
 * @param findings everything that is wrong
 * @param targets the declared targets
 * @param sql binds SQL
 * @param expressions binds expressions and texts
 * @param clocks binds times of day
 * @param saves gives names to variables
 * @param ids where each step's id stands
 */
record BindingContext(
    Findings findings,
    TargetBinder targets,
    SqlBinder sql,
    ExpressionBinder expressions,
    ClockBinder clocks,
    SaveBinder saves,
    Map<String, SourceSpan> ids) {

  static BindingContext of(Findings findings, SourceResolver files) {
    return new BindingContext(
        findings,
        new TargetBinder(findings),
        new SqlBinder(findings, files),
        new ExpressionBinder(findings),
        new ClockBinder(findings),
        new SaveBinder(findings, new LinkedHashMap<>()),
        new LinkedHashMap<>());
  }
}
