package dev.pgrunbook.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something to think of before a statement runs.
 *
 * @param code what it is about
 * @param sentence what happens, without a full stop
 * @param instead what to do instead, in a phrase or as SQL; null when there is nothing better
 */
public record Advice(AdviceCode code, String sentence, @Nullable String instead) {

  public Advice {
    Objects.requireNonNull(code);
    Objects.requireNonNull(sentence);
  }

  /** Returns the advice on one line: what happens, and what to do instead. */
  public String line() {
    return instead == null ? sentence : sentence + "; instead: " + instead;
  }
}
