package dev.pgrunbook.sql;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.StatementSplitter.TokenRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A script split into statements, with placeholders for values.
 *
 * <p>{@code :name} is a bound parameter, {@code :'name'} a quoted literal, {@code :"name"} a quoted
 * identifier, each with fields after dots. Nothing inside strings, quoted identifiers, dollar
 * quotes and comments is one, and {@code ::}, {@code :=} and slices are left alone. A colon is a
 * slice's when it stands directly inside square brackets after a complete expression: in {@code
 * a[1:n]}, {@code a[lo : hi]} and {@code a[f(x):n]} the colon is the slice's and {@code n} a
 * column; in {@code ARRAY[:a, :b]}, {@code a[:n]}, {@code a[1: :n]} and {@code a[x + :n]} the names
 * are values. (psql asks whether a variable of that name is set; a file must not depend on that.)
 *
 * <p>Two templates are equal when their texts are.
 */
public final class SqlTemplate {

  private final SourceText source;
  private final String text;
  private final List<SqlStatement> statements;
  private final Set<String> names;

  private SqlTemplate(SourceText source, List<SqlStatement> statements, Set<String> names) {
    this.source = source;
    this.text = source.text().stripTrailing();
    this.statements = List.copyOf(statements);
    this.names = Collections.unmodifiableSet(names);
  }

  /**
   * Returns the template of a script.
   *
   * <p>Errors are what no statement could hold: an open quote, comment or parenthesis; <code>${…}
   * </code>; psql's backslash commands; a NUL; a script without any statement; COPY from or to the
   * client; and {@code $1} beside bound values.
   */
  public static Validated<SqlTemplate> parse(SourceText text) {
    LexedScript script = SqlLexer.template(text);
    List<Diagnostic> diagnostics = script.diagnostics();
    List<SqlStatement> statements = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    int[] taken = {0};
    for (TokenRange range : StatementSplitter.split(script)) {
      SqlStatement statement = statement(script, range, taken);
      statement.placeholders().forEach(placeholder -> names.add(placeholder.name()));
      statements.add(statement);
      StatementRules.check(script, range, statement.placeholders());
    }
    if (statements.isEmpty() && diagnostics.isEmpty()) {
      String message = "there is no SQL statement here";
      diagnostics.add(Diagnostic.error("sql-empty", text.span(), message));
    }
    return Validated.of(new SqlTemplate(text, statements, names), diagnostics);
  }

  private static SqlStatement statement(LexedScript script, TokenRange range, int[] taken) {
    List<Token> tokens = List.copyOf(script.tokens().subList(range.first(), range.end()));
    int first = taken[0];
    for (Token token : tokens) {
      taken[0] += token.kind() == Token.Kind.PLACEHOLDER ? 1 : 0;
    }
    List<Placeholder> own = script.placeholders().subList(first, taken[0]);
    return new SqlStatement(script.text(), tokens, own);
  }

  /** Returns the script as written, without the white space at its end. */
  public String text() {
    return text;
  }

  /** Returns the statements in order, at least one. */
  public List<SqlStatement> statements() {
    return statements;
  }

  /** Returns the name of every placeholder, in order of first use. */
  public Set<String> names() {
    return names;
  }

  /** Returns where a placeholder stands in its file. */
  public SourceSpan span(Placeholder placeholder) {
    return source.span(placeholder.start(), placeholder.end());
  }

  /** Returns where a statement stands in its file. */
  public SourceSpan span(SqlStatement statement) {
    return source.span(statement.offset(), statement.offset() + statement.text().length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlTemplate template && text.equals(template.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
