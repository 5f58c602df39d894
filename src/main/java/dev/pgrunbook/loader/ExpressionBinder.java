package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.expression.Type;
import dev.pgrunbook.expression.TypeScope;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.syntax.ScalarNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds expressions, and texts with expressions in them. */
final class ExpressionBinder {

  private final Findings findings;

  ExpressionBinder(Findings findings) {
    this.findings = findings;
  }

  /** Returns the expression of a key, or null. */
  @Nullable Expression expression(
      MappingReader reader, String key, Type expected, TypeScope scope, VariableScope variables) {
    ScalarNode scalar = reader.scalar(key);
    if (scalar == null) {
      return null;
    }
    Expression expression = findings.keep(Expression.parse(scalar.content()));
    if (expression != null) {
      String subject = "\"" + key + "\"";
      report(expression.check(scope, scalar.content(), expected, subject), variables);
    }
    return expression;
  }

  /** Returns the text of a key, or null. */
  @Nullable TextTemplate text(
      MappingReader reader, String key, TypeScope scope, VariableScope variables) {
    ScalarNode scalar = reader.scalar(key);
    return scalar == null ? null : text(scalar, scope, variables);
  }

  /** Returns the text that a node is. */
  @Nullable TextTemplate text(ScalarNode scalar, TypeScope scope, VariableScope variables) {
    TextTemplate template = findings.keep(TextTemplate.parse(scalar.content()));
    if (template != null) {
      report(template.check(scope, scalar.content()), variables);
    }
    return template;
  }

  private void report(List<Diagnostic> diagnostics, VariableScope variables) {
    for (Diagnostic diagnostic : diagnostics) {
      findings.add(unsavedIfSo(diagnostic, variables));
    }
  }

  /** An unknown name that a later step saves is not misspelled but too early. */
  private static Diagnostic unsavedIfSo(Diagnostic diagnostic, VariableScope variables) {
    SourceSpan span = diagnostic.span();
    if (span == null || !diagnostic.code().equals(RunbookRule.UNKNOWN_NAME.code())) {
      return diagnostic;
    }
    String name = span.file().text().substring(span.start(), span.end());
    SourceSpan saved = variables.savedLater(name);
    return saved == null ? diagnostic : unsaved(name, span, saved, variables);
  }

  /** Returns the diagnostic about a variable that is used too early. */
  static Diagnostic unsaved(
      String name, SourceSpan span, SourceSpan saved, VariableScope variables) {
    SourceSpan beside = variables.savedBeside(name);
    if (beside != null) {
      return RunbookRule.UNSAVED_VARIABLE
          .at(span, "\"" + name + "\" is saved side by side with this, so it may not be there yet")
          .withHint("use it behind what runs side by side, or leave \"parallel\" out")
          .withRelated("saved here", beside);
    }
    return RunbookRule.UNSAVED_VARIABLE
        .at(span, "\"" + name + "\" is used before it is saved")
        .withHint("move this step behind the one that saves it")
        .withRelated("saved here", saved);
  }
}
