package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;

/**
 * A word, a sign or a literal of an expression.
 *
 * @param text for a name the name, for a sign the sign, otherwise as written
 * @param value a literal's value, otherwise null as a value
 */
record Token(Kind kind, int start, int end, String text, Value value) {

  enum Kind {
    NAME,
    /** {@code true false null in}. */
    KEYWORD,
    SIGN,
    /** A text, or a double. */
    LITERAL,
    /** Its value is not known before it is known whether a minus stands before it. */
    INTEGER,
    END
  }

  boolean is(String sign) {
    return (kind == Kind.SIGN || kind == Kind.KEYWORD) && text.equals(sign);
  }

  /** Returns how a sentence names it. */
  String words() {
    return kind == Kind.END ? "the end" : "\"" + text + "\"";
  }
}
