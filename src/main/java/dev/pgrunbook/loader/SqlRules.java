package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Type.RowType;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.sql.Placeholder;
import dev.pgrunbook.sql.Placeholder.Form;
import dev.pgrunbook.sql.SqlStatement;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.sql.StatementAnalysis;
import dev.pgrunbook.sql.TransactionRule;
import org.jspecify.annotations.Nullable;

/** What SQL in a runbook must keep to: its placeholders, its transactions, reading or writing. */
final class SqlRules {

  /** Names that a hint lists. */
  private static final int MOST_NAMES = 10;

  private final Findings findings;

  SqlRules(Findings findings) {
    this.findings = findings;
  }

  void check(SqlTemplate template, SourceText text, SqlUse use, VariableScope scope) {
    if (use.readOnly() && template.statements().size() > 1) {
      SqlStatement second = template.statements().get(1);
      String message = use.name() + " must be one statement, and here begins another";
      findings.add(RunbookRule.ONE_STATEMENT.at(place(second, text), message));
    }
    for (SqlStatement statement : template.statements()) {
      StatementAnalysis analysis = statement.analysis();
      checkEffect(analysis, place(statement, text), use);
      for (Placeholder placeholder : statement.placeholders()) {
        checkPlaceholder(placeholder, template.span(placeholder), analysis, scope);
      }
    }
  }

  private void checkEffect(StatementAnalysis analysis, SourceSpan place, SqlUse use) {
    String command = analysis.command();
    if (analysis.transactionRule() == TransactionRule.CONTROL) {
      String message = command + " cannot stand in a step: its transactions are the program's";
      findings.add(
          RunbookRule.TRANSACTION_CONTROL
              .at(place, message)
              .withHint("say \"transaction\" and \"isolation\" beside the SQL instead"));
    } else if (use.readOnly() && SqlEffects.isNoQuery(analysis)) {
      String message = use.name() + " only reads, and this " + command + " writes";
      findings.add(
          RunbookRule.READ_ONLY
              .at(place, message)
              .withHint("what writes belongs into a step \"sql\""));
    } else if (use.transaction() != null
        && use.transaction() != TransactionMode.NONE
        && analysis.transactionRule() == TransactionRule.BARRED) {
      String message = "PostgreSQL bars " + command + " from transaction blocks";
      findings.add(
          RunbookRule.BARRED_FROM_TRANSACTION
              .at(place, message)
              .withHint("write \"transaction: none\" in this step"));
    }
  }

  private void checkPlaceholder(
      Placeholder placeholder, SourceSpan span, StatementAnalysis analysis, VariableScope scope) {
    String name = placeholder.name();
    Variable variable = scope.use(name);
    if (variable == null) {
      findings.add(unknown(name, span, scope));
      return;
    }
    if (!placeholder.path().isEmpty()) {
      checkField(placeholder, variable, span);
    }
    if (placeholder.form() == Form.BOUND && !analysis.takesParameters()) {
      String message =
          analysis.command() + " takes no parameters, so \"" + name + "\" cannot be bound in it";
      findings.add(
          RunbookRule.BOUND_IN_UTILITY
              .at(span, message)
              .withHint(
                  "write :'"
                      + name
                      + "' for a quoted literal, :\""
                      + name
                      + "\" for a quoted identifier"));
    }
    String misuse = placeholder.path().isEmpty() ? misuse(placeholder.form(), variable) : null;
    if (misuse != null) {
      findings.add(RunbookRule.PLACEHOLDER_TYPE.at(span, "\"" + name + "\" is " + misuse));
    }
  }

  static Diagnostic unknown(String name, SourceSpan span, VariableScope scope) {
    SourceSpan saved = scope.savedLater(name);
    if (saved != null) {
      return ExpressionBinder.unsaved(name, span, saved, scope);
    }
    return RunbookRule.UNKNOWN_NAME
        .at(span, "unknown name \"" + name + "\"")
        .withHint(meant(name, scope));
  }

  private static String meant(String name, VariableScope scope) {
    String meant = Spelling.didYouMean(name, scope.names());
    if (meant != null) {
      return meant;
    }
    return scope.names().isEmpty() || scope.names().size() > MOST_NAMES
        ? "declare it in params, or save it in an earlier step"
        : "known here: " + String.join(", ", scope.names());
  }

  private void checkField(Placeholder placeholder, Variable variable, SourceSpan span) {
    String field = placeholder.path().get(0);
    String name = placeholder.name();
    if (!variable.hasFields()) {
      String message =
          "\"" + name + "\" is " + variable.described() + " and has no field \"" + field + "\"";
      String hint = variable.isRowList() ? "go through the rows with forEach" : null;
      findings.add(RunbookRule.PLACEHOLDER_TYPE.at(span, message).withHint(hint));
    } else if (variable.type() instanceof RowType row
        && !row.open()
        && !row.fields().containsKey(field)) {
      findings.add(
          RunbookRule.UNKNOWN_MEMBER
              .at(span, "\"" + name + "\" has no field \"" + field + "\"")
              .withHint(Spelling.didYouMean(field, row.fields().keySet())));
    }
  }

  private static @Nullable String misuse(Form form, Variable variable) {
    boolean many = variable.isList() || variable.isRow();
    return switch (form) {
      case BOUND -> null;
      case LITERAL ->
          many ? variable.described() + ", and only one value can be a quoted literal" : null;
      case IDENTIFIER ->
          many || !variable.namesSomething()
              ? variable.described() + ", and a quoted identifier is made of one text"
              : null;
    };
  }

  /** Returns the first line of a statement, without the comments that stand before it. */
  private static SourceSpan place(SqlStatement statement, SourceText text) {
    int start = statement.offset() + SqlEffects.commentLength(statement.text());
    int end = statement.offset() + statement.text().length();
    int line = text.text().indexOf('\n', start);
    return text.span(start, line >= 0 && line < end ? line : end);
  }
}
