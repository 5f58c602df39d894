package dev.pgrunbook.sql;

import dev.pgrunbook.sql.Placeholder.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One statement of a template, without its semicolon; comments are part of it. */
public final class SqlStatement {

  private final String script;
  private final List<Token> tokens;
  private final List<Placeholder> placeholders;
  private final int start;
  private final int end;

  /** Kept once made: the rules of a step ask for it one after the other. */
  private @Nullable StatementAnalysis analysis;

  SqlStatement(String script, List<Token> tokens, List<Placeholder> placeholders) {
    this.script = script;
    this.tokens = tokens;
    this.placeholders = List.copyOf(placeholders);
    this.start = tokens.get(0).start();
    this.end = tokens.get(tokens.size() - 1).end();
  }

  /** Returns the statement as written, its placeholders unexpanded. */
  public String text() {
    return script.substring(start, end);
  }

  /** Returns the offset of the statement's first character in its template's text. */
  public int offset() {
    return start;
  }

  /** Returns the placeholders in order; their offsets count in the template's text. */
  public List<Placeholder> placeholders() {
    return placeholders;
  }

  /** Returns the statement for JDBC: values as parameters, literals and identifiers in place. */
  public BoundSql bind(Bindings bindings) {
    return new Expansion(bindings).bound();
  }

  /** Returns the statement with every value in place, as psql takes it; secrets are masked. */
  public String display(Bindings bindings) {
    return new Expansion(bindings).shown.toString();
  }

  /** The statement with its values, as it is sent and as it is shown, side by side. */
  private final class Expansion {

    private final StringBuilder bound = new StringBuilder(end - start + 16);
    private final StringBuilder shown = new StringBuilder(end - start + 64);
    private final List<BoundValue> values = new ArrayList<>();
    private final List<BoundSql.Stretch> stretches = new ArrayList<>();

    Expansion(Bindings bindings) {
      int from = start;
      int next = 0;
      for (Token token : tokens) {
        if (token.kind() == Token.Kind.OPERATOR || token.kind() == Token.Kind.PLACEHOLDER) {
          bound.append(script, from, token.start());
          shown.append(script, from, token.start());
          int sent = bound.length();
          int read = shown.length();
          if (token.kind() == Token.Kind.OPERATOR) {
            BoundSql.appendOperator(bound, script, token);
            shown.append(script, token.start(), token.end());
          } else {
            Placeholder placeholder = placeholders.get(next++);
            append(placeholder, bindings.value(placeholder));
          }
          stretches.add(new BoundSql.Stretch(sent, bound.length(), read, shown.length()));
          from = token.end();
        }
      }
      bound.append(script, from, end);
      shown.append(script, from, end);
    }

    private void append(Placeholder placeholder, BoundValue value) {
      if (placeholder.form() == Form.BOUND) {
        values.add(value);
        appendApart(bound, "?");
      } else {
        appendApart(bound, inPlace(placeholder, value, true));
      }
      appendApart(shown, subscripted(placeholder.end(), inPlace(placeholder, value, false)));
    }

    BoundSql bound() {
      return new BoundSql(bound.toString(), values, stretches);
    }
  }

  /** Returns what the statement does and locks, as far as its text tells. */
  public StatementAnalysis analysis() {
    StatementAnalysis known = analysis;
    if (known == null) {
      known = StatementAnalysis.of(script, tokens);
      analysis = known;
    }
    return known;
  }

  /**
   * Returns a text that two statements have in common when they differ in nothing but comments,
   * white space between tokens, and the letter case of words that PostgreSQL folds.
   */
  public String meaning() {
    StringBuilder meaning = new StringBuilder(end - start);
    for (Token token : tokens) {
      if (token.kind() != Token.Kind.COMMENT) {
        String written = script.substring(token.start(), token.end());
        // No statement holds a NUL, so nothing written can pass for what stands between tokens.
        meaning.append(token.kind() == Token.Kind.WORD ? folded(written) : written).append('\0');
      }
    }
    return meaning.toString();
  }

  /** Only letters of ASCII are folded for certain: for others, it is the database that decides. */
  private static String folded(String word) {
    StringBuilder folded = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      folded.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return folded.toString();
  }

  private static String inPlace(Placeholder placeholder, BoundValue bound, boolean reveal) {
    return switch (placeholder.form()) {
      case BOUND -> SqlLiterals.literal(bound.value(), bound.type());
      case LITERAL -> SqlLiterals.quotedLiteral(bound.value(), bound.type(), reveal);
      case IDENTIFIER -> SqlLiterals.identifier(bound, reveal);
    };
  }

  /** A subscript after a cast would be taken for a part of the type's name. */
  private String subscripted(int next, String literal) {
    boolean subscript = next < end && script.charAt(next) == '[';
    return subscript && literal.contains("::") ? "(" + literal + ")" : literal;
  }

  /**
   * Appends a value so that it does not stick to what stands before: {@code LIMIT:n} is not {@code
   * LIMIT5}, and a question mark after another would be an operator.
   */
  private static void appendApart(StringBuilder sql, String value) {
    if (sql.length() > 0) {
      char before = sql.charAt(sql.length() - 1);
      if (SqlCharacters.continuesName(before) || before == '?') {
        sql.append(' ');
      }
    }
    sql.append(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlStatement statement && text().equals(statement.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
