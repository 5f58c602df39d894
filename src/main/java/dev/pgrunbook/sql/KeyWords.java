package dev.pgrunbook.sql;

import java.util.Locale;
import java.util.Set;

/** Key words that decide what may stand beside them. */
final class KeyWords {

  /**
   * Words after which an expression goes on or begins.
   *
   * <p>All of them are reserved, or stand only inside expressions, so none is a column's name when
   * it is written without quotes.
   */
  private static final Set<String> OPEN_EXPRESSION =
      Set.of(
          "all",
          "and",
          "any",
          "array",
          "as",
          "asymmetric",
          "between",
          "both",
          "by",
          "case",
          "cross",
          "distinct",
          "else",
          "except",
          "exists",
          "fetch",
          "for",
          "from",
          "full",
          "group",
          "having",
          "ilike",
          "in",
          "inner",
          "intersect",
          "into",
          "is",
          "isnull",
          "join",
          "lateral",
          "leading",
          "left",
          "like",
          "limit",
          "natural",
          "not",
          "offset",
          "on",
          "only",
          "or",
          "order",
          "outer",
          "returning",
          "right",
          "select",
          "set",
          "similar",
          "some",
          "symmetric",
          "table",
          "then",
          "to",
          "trailing",
          "union",
          "using",
          "values",
          "variadic",
          "when",
          "where",
          "window",
          "with");

  private KeyWords() {}

  /** Returns a word in lower case. */
  static String lower(String text, Token word) {
    return text.substring(word.start(), word.end()).toLowerCase(Locale.ROOT);
  }

  /** Returns whether an operand must follow this word. */
  static boolean opensExpression(String text, Token word) {
    return OPEN_EXPRESSION.contains(lower(text, word));
  }

  /** Returns whether an expression may end with a token, so that none can begin right after it. */
  static boolean endsExpression(String text, Token token) {
    return switch (token.kind()) {
      case WORD -> !opensExpression(text, token);
      case QUOTED_NAME, STRING, NUMBER, PARAMETER, PLACEHOLDER -> true;
      case PUNCTUATION -> token.is(text, ')') || token.is(text, ']');
      case OPERATOR, COMMENT -> false;
    };
  }
}
