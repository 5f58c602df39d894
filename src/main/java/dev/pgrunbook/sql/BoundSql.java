package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.util.List;
import java.util.Objects;

/**
 * One statement for JDBC.
 *
 * <p>A question mark outside quotes is a parameter; a doubled one is PostgreSQL's operator. That
 * holds for prepared statements only: pgjdbc leaves the text of a plain {@code Statement} alone.
 *
 * @param text the statement; quoted literals may hold secrets, so it is never shown
 * @param values the parameters' values in order
 */
public record BoundSql(String text, List<BoundValue> values) {

  public BoundSql {
    Objects.requireNonNull(text);
    values = List.copyOf(values);
  }

  /** Returns a complete statement, one that was generated say, in which no value is filled in. */
  public static BoundSql of(String generatedSql) {
    LexedScript script = SqlLexer.plain(SourceText.of("<generated>", generatedSql));
    StringBuilder bound = new StringBuilder(generatedSql.length() + 8);
    int from = 0;
    for (Token token : script.tokens()) {
      if (token.kind() == Token.Kind.OPERATOR) {
        bound.append(generatedSql, from, token.start());
        appendOperator(bound, generatedSql, token);
        from = token.end();
      }
    }
    return new BoundSql(
        bound.append(generatedSql, from, generatedSql.length()).toString(), List.of());
  }

  /** Appends an operator with its question marks doubled, so that pgjdbc takes none for a value. */
  static void appendOperator(StringBuilder bound, String text, Token operator) {
    for (int i = operator.start(); i < operator.end(); i++) {
      char c = text.charAt(i);
      bound.append(c);
      if (c == '?') {
        bound.append(c);
      }
    }
  }

  /** Neither the text nor the values are printed: both may hold secrets. */
  @Override
  public String toString() {
    return "BoundSql[" + text.length() + " characters, " + values.size() + " values]";
  }
}
