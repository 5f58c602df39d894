package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.util.ArrayList;
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
 * @param stretches where the text differs from what people are shown, in order
 */
public record BoundSql(String text, List<BoundValue> values, List<Stretch> stretches) {

  public BoundSql {
    Objects.requireNonNull(text);
    values = List.copyOf(values);
    stretches = List.copyOf(stretches);
  }

  /** Makes a statement that people are shown as it is. */
  public BoundSql(String text, List<BoundValue> values) {
    this(text, values, List.of());
  }

  /**
   * A stretch that people are shown something else for, such as a value for its parameter.
   *
   * @param start offset of its first character in the text
   * @param end offset after its last character in the text
   * @param shownStart offset of what is shown instead
   * @param shownEnd offset after that
   */
  public record Stretch(int start, int end, int shownStart, int shownEnd) {}

  /**
   * Returns the place in what people are shown of a place in the text, both in code points from
   * one; a place inside what is shown otherwise is its beginning.
   */
  public int shownPosition(int position, String shown) {
    int points = text.codePointCount(0, text.length());
    int offset = text.offsetByCodePoints(0, Math.max(0, Math.min(position - 1, points)));
    int moved = offset;
    for (Stretch stretch : stretches) {
      if (offset >= stretch.end()) {
        moved = offset + stretch.shownEnd() - stretch.end();
      } else if (offset >= stretch.start()) {
        moved = stretch.shownStart();
      }
    }
    return shown.codePointCount(0, Math.min(moved, shown.length())) + 1;
  }

  /** Returns a complete statement, one that was generated say, in which no value is filled in. */
  public static BoundSql of(String generatedSql) {
    if (generatedSql.indexOf('?') < 0) {
      return new BoundSql(generatedSql, List.of());
    }
    LexedScript script = SqlLexer.plain(SourceText.of("<generated>", generatedSql));
    StringBuilder bound = new StringBuilder(generatedSql.length() + 8);
    List<Stretch> stretches = new ArrayList<>();
    int from = 0;
    for (Token token : script.tokens()) {
      if (token.kind() == Token.Kind.OPERATOR) {
        bound.append(generatedSql, from, token.start());
        int start = bound.length();
        appendOperator(bound, generatedSql, token);
        stretches.add(new Stretch(start, bound.length(), token.start(), token.end()));
        from = token.end();
      }
    }
    String text = bound.append(generatedSql, from, generatedSql.length()).toString();
    return new BoundSql(text, List.of(), stretches);
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
