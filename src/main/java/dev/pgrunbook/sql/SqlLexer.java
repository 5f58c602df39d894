package dev.pgrunbook.sql;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a script into tokens, after PostgreSQL's {@code scan.l} and psql's {@code psqlscan.l}.
 *
 * <p>One pass from left to right. What cannot be a script of one language for one server (an open
 * quote, a psql command, a NUL) becomes a diagnostic; everything else becomes tokens.
 */
final class SqlLexer {

  /** How many characters of a refused interpolation are shown at most. */
  private static final int LONGEST_SHOWN = 80;

  private final SourceText source;
  private final String text;
  private final @Nullable PlaceholderScanner placeholderScanner;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Placeholder> placeholders = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** How many brackets of each enclosing kind are open, innermost last: '(' or '['. */
  private final StringBuilder brackets = new StringBuilder();

  private @Nullable Token last;

  private SqlLexer(SourceText source, boolean withPlaceholders) {
    this.source = source;
    this.text = source.text();
    this.placeholderScanner = withPlaceholders ? new PlaceholderScanner(text) : null;
  }

  /** Reads a script in which {@code :name} stands for values and <code>${…}</code> is an error. */
  static LexedScript template(SourceText source) {
    return new SqlLexer(source, true).read();
  }

  /** Reads a script in which a colon is just a colon. */
  static LexedScript plain(SourceText source) {
    return new SqlLexer(source, false).read();
  }

  private LexedScript read() {
    int i = 0;
    while (i >= 0 && i < text.length()) {
      i = SqlCharacters.isSpace(text.charAt(i)) ? i + 1 : next(i);
    }
    return new LexedScript(source, tokens, placeholders, diagnostics);
  }

  /** Reads the token at an offset and returns the offset after it, or -1 to give up. */
  private int next(int i) {
    char c = text.charAt(i);
    if (SqlCharacters.startsName(c)) {
      return wordOrPrefixedString(i);
    }
    if (SqlCharacters.isDigit(c) || c == '.' && digitAt(i + 1)) {
      return add(Kind.NUMBER, i, number(i));
    }
    if (text.startsWith("--", i)) {
      return add(Kind.COMMENT, i, QuoteScanner.lineComment(text, i));
    }
    if (text.startsWith("/*", i)) {
      return closed(Kind.COMMENT, i, QuoteScanner.blockComment(text, i), "comment");
    }
    if (SqlCharacters.isOperator(c)) {
      return add(Kind.OPERATOR, i, operator(i));
    }
    return switch (c) {
      case '\'' -> string(i, i, false);
      case '"' -> quotedName(i, i);
      case '$' -> dollar(i);
      case ':' -> colon(i);
      case '\\' -> backslash(i);
      case '\0' -> nul(i);
      default -> punctuation(i);
    };
  }

  private boolean digitAt(int i) {
    return i < text.length() && SqlCharacters.isDigit(text.charAt(i));
  }

  private char charAt(int i) {
    return i < text.length() ? text.charAt(i) : ' ';
  }

  private int add(Kind kind, int start, int end) {
    Token token = new Token(kind, start, end);
    tokens.add(token);
    if (kind != Kind.COMMENT) {
      last = token;
    }
    return end;
  }

  private int closed(Kind kind, int start, int end, String what) {
    if (end != QuoteScanner.UNTERMINATED) {
      return add(kind, start, end);
    }
    String message = "the " + what + " that begins here is never closed";
    diagnostics.add(Diagnostic.error("sql-unterminated", source.span(start, start + 1), message));
    return -1;
  }

  /** A letter begins a word, unless it is the prefix of a string or of a quoted identifier. */
  private int wordOrPrefixedString(int i) {
    char c = text.charAt(i);
    if ("eEbBxXnN".indexOf(c) >= 0 && charAt(i + 1) == '\'') {
      return string(i, i + 1, c == 'e' || c == 'E');
    }
    if ((c == 'u' || c == 'U') && charAt(i + 1) == '&') {
      if (charAt(i + 2) == '\'') {
        return string(i, i + 2, false);
      }
      if (charAt(i + 2) == '"') {
        return quotedName(i, i + 2);
      }
    }
    int end = i + 1;
    while (end < text.length() && SqlCharacters.continuesName(text.charAt(end))) {
      if (placeholderScanner != null && text.startsWith("${", end)) {
        break;
      }
      end++;
    }
    return add(Kind.WORD, i, end);
  }

  private int string(int start, int quote, boolean escapes) {
    return closed(Kind.STRING, start, QuoteScanner.string(text, quote, escapes), "string");
  }

  private int quotedName(int start, int quote) {
    int end = QuoteScanner.quotedName(text, quote);
    return closed(Kind.QUOTED_NAME, start, end, "quoted identifier");
  }

  /** Numbers of all bases and spellings, and the letters that stick to them. */
  private int number(int start) {
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean exponent = (c == 'e' || c == 'E') && isExponentSign(i + 1);
      boolean point = c == '.' && charAt(i + 1) != '.';
      if (exponent) {
        i += 2;
      } else if (point || SqlCharacters.continuesVariable(c)) {
        i++;
      } else {
        break;
      }
    }
    return i;
  }

  private boolean isExponentSign(int i) {
    return (charAt(i) == '+' || charAt(i) == '-') && digitAt(i + 1);
  }

  /** An operator ends where a comment begins. */
  private int operator(int start) {
    int i = start;
    while (i < text.length() && SqlCharacters.isOperator(text.charAt(i))) {
      if (text.startsWith("--", i) || text.startsWith("/*", i)) {
        break;
      }
      i++;
    }
    return i;
  }

  private int dollar(int i) {
    if (digitAt(i + 1)) {
      int end = i + 1;
      while (digitAt(end)) {
        end++;
      }
      return add(Kind.PARAMETER, i, end);
    }
    int tagLength = QuoteScanner.dollarTag(text, i);
    if (tagLength > 0) {
      int end = QuoteScanner.dollarQuoted(text, i, tagLength);
      return closed(Kind.STRING, i, end, "dollar-quoted string");
    }
    if (placeholderScanner != null && charAt(i + 1) == '{') {
      return interpolation(i);
    }
    return punctuation(i);
  }

  private int interpolation(int start) {
    int close = start + 2;
    int limit = Math.min(text.length(), start + LONGEST_SHOWN);
    while (close < limit && "}\n".indexOf(text.charAt(close)) < 0) {
      close++;
    }
    boolean closes = close < limit && text.charAt(close) == '}';
    int end = closes ? close + 1 : start + 2;
    String inner = closes ? text.substring(start + 2, close).strip() : "";
    String name = PlaceholderScanner.isPath(inner) ? inner : "name";
    diagnostics.add(
        Diagnostic.error(
                "sql-interpolation",
                source.span(start, end),
                "\"" + text.substring(start, end) + "\" is not put into SQL as raw text")
            .withHint(
                "write :%1$s for a bound value, :'%1$s' for a quoted literal, or :\"%1$s\" for a"
                        .formatted(name)
                    + " quoted identifier"));
    return add(Kind.PUNCTUATION, start, end);
  }

  private int colon(int i) {
    char next = charAt(i + 1);
    if (next == ':' || next == '=') {
      return add(Kind.PUNCTUATION, i, i + 2);
    }
    if (placeholderScanner != null && !inSlice()) {
      Placeholder placeholder = placeholderScanner.at(i);
      if (placeholder != null) {
        placeholders.add(placeholder);
        return add(Kind.PLACEHOLDER, i, placeholder.end());
      }
    }
    return punctuation(i);
  }

  /** Between the bounds of a slice: directly inside brackets, after a complete expression. */
  private boolean inSlice() {
    int depth = brackets.length();
    return depth > 0
        && brackets.charAt(depth - 1) == '['
        && last != null
        && KeyWords.endsExpression(text, last);
  }

  private int punctuation(int i) {
    char c = text.charAt(i);
    if (c == '(' || c == '[') {
      brackets.append(c);
    } else if ((c == ')' || c == ']') && brackets.length() > 0) {
      brackets.setLength(brackets.length() - 1);
    }
    return add(Kind.PUNCTUATION, i, i + 1);
  }

  private int backslash(int start) {
    int end = start + 1;
    while (end < text.length() && !SqlCharacters.isSpace(text.charAt(end))) {
      end++;
    }
    String command = text.substring(start, end);
    diagnostics.add(
        Diagnostic.error(
                "sql-backslash",
                source.span(start, end),
                "\"" + command + "\" is a psql command, and no SQL for the server")
            .withHint("write the SQL itself; results are kept with save:"));
    return QuoteScanner.lineComment(text, end);
  }

  private int nul(int i) {
    diagnostics.add(
        Diagnostic.error("sql-nul", source.span(i, i + 1), "a NUL character stands in the SQL"));
    return i + 1;
  }
}
