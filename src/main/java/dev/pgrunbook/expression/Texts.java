package dev.pgrunbook.expression;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import dev.pgrunbook.value.Value.TextValue;

/** Texts and secrets: a secret counts as its text, and whatever is made of it stays a secret. */
final class Texts {

  private Texts() {}

  static boolean isText(Value value) {
    return value instanceof TextValue || value instanceof SecretValue;
  }

  static String content(Value value) {
    if (value instanceof TextValue text) {
      return text.value();
    } else if (value instanceof SecretValue secret) {
      return secret.secret();
    }
    throw new AssertionError(value);
  }

  static Value join(Value left, Value right) {
    String joined = content(left) + content(right);
    boolean secret = left instanceof SecretValue || right instanceof SecretValue;
    return secret ? new SecretValue(joined) : Value.text(joined);
  }
}
