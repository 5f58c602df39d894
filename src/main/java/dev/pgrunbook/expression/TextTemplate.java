package dev.pgrunbook.expression;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text with expressions in it, each written as a dollar sign and an expression in braces.
 *
 * <p>Two dollar signs and a brace stand for one dollar sign and a brace; a dollar sign elsewhere is
 * an ordinary character. Two templates are equal when their texts are.
 */
public final class TextTemplate {

  private static final String CODE = "text-template";

  private final String text;
  private final List<Piece> pieces;

  private TextTemplate(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = List.copyOf(pieces);
  }

  /** Characters as they are, or an expression and where its text stands in the template. */
  private record Piece(String characters, @Nullable Expression expression, int start, int end) {}

  /** Returns the template that a text is, or everything that is wrong with it. */
  public static Validated<TextTemplate> parse(SourceText text) {
    List<Piece> pieces = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    String whole = text.text();
    int at = 0;
    for (int open = whole.indexOf("${"); open >= 0; open = whole.indexOf("${", at)) {
      if (open > at && whole.charAt(open - 1) == '$') {
        addCharacters(pieces, whole.substring(at, open - 1) + "${");
        at = open + 2;
        continue;
      }
      addCharacters(pieces, whole.substring(at, open));
      int close = closing(whole, open + 2);
      if (close < 0) {
        diagnostics.add(unclosed(text, open));
        return Validated.of(null, diagnostics);
      }
      Validated<Expression> parsed = Expression.parse(text.slice(open + 2, close));
      diagnostics.addAll(parsed.diagnostics());
      pieces.add(new Piece("", parsed.orNull(), open + 2, close));
      at = close + 1;
    }
    addCharacters(pieces, whole.substring(at));
    return Validated.of(new TextTemplate(whole, pieces), diagnostics);
  }

  private static void addCharacters(List<Piece> pieces, String characters) {
    if (!characters.isEmpty()) {
      pieces.add(new Piece(characters, null, 0, 0));
    }
  }

  private static Diagnostic unclosed(SourceText text, int open) {
    return Diagnostic.error(CODE, text.span(open, open + 2), "\"${\" is not closed")
        .withHint("write } after the expression, or $${ for the characters ${");
  }

  /** Returns the offset of the brace that ends an expression; one inside a quoted text does not. */
  private static int closing(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) != '}') {
      char c = text.charAt(at);
      at = c == '\'' || c == '"' ? afterQuoted(text, start, at) : at + 1;
    }
    // A quote that is not closed: the expression's own diagnostic says so better.
    return at < text.length() ? at : text.indexOf('}', start);
  }

  private static int afterQuoted(String text, int start, int quote) {
    boolean raw = quote > start && "rR".indexOf(text.charAt(quote - 1)) >= 0;
    int at = quote + 1;
    while (at < text.length() && text.charAt(at) != text.charAt(quote)) {
      at += text.charAt(at) == '\\' && !raw ? 2 : 1;
    }
    return at + 1;
  }

  /** Returns the text as it was written. */
  public String text() {
    return text;
  }

  /** Returns whether there is no expression in it. */
  public boolean isPlain() {
    for (Piece piece : pieces) {
      if (piece.expression() != null) {
        return false;
      }
    }
    return true;
  }

  /** Returns the names its expressions use, in the order of their first use. */
  public Set<Reference> references() {
    Set<Reference> references = new LinkedHashSet<>();
    for (Piece piece : pieces) {
      if (piece.expression() != null) {
        references.addAll(piece.expression().references());
      }
    }
    return Collections.unmodifiableSet(references);
  }

  /**
   * Returns what is wrong with the names and types of its expressions.
   *
   * @param source the text that was parsed, for the places
   */
  public List<Diagnostic> check(TypeScope scope, SourceText source) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.expression() != null) {
        SourceText part = source.slice(piece.start(), piece.end());
        diagnostics.addAll(piece.expression().check(scope, part));
      }
    }
    return diagnostics;
  }

  /**
   * Returns the text with its expressions replaced by their values: texts without quotes, null by
   * nothing, secrets by {@code ***}, {@code numeric} with all its digits, doubles as {@code
   * string()} writes them (1.0), lists and rows as JSON.
   *
   * @throws EvaluationException when an expression has no value
   */
  public String fill(Scope scope) {
    StringBuilder filled = new StringBuilder();
    for (Piece piece : pieces) {
      filled.append(piece.characters());
      if (piece.expression() != null) {
        filled.append(display(piece.expression().evaluate(scope)));
      }
    }
    return filled.toString();
  }

  private static String display(Value value) {
    return value instanceof Value.DoubleValue number
        ? Double.toString(number.value())
        : value.display();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TextTemplate template && text.equals(template.text);
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
