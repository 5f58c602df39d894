package dev.pgrunbook.sql;

import java.util.Objects;

/**
 * How the effect of a statement is undone after its commit.
 *
 * @param kind whether it can be
 * @param how the statement that undoes it, or what it takes, in a phrase; empty for {@link
 *     Kind#NOTHING}
 */
public record Reversal(Kind kind, String how) {

  /** Whether a statement can be undone. */
  public enum Kind {
    /** It changes nothing that would have to be undone. */
    NOTHING,
    /** Another statement undoes it. */
    STATEMENT,
    /** What was there before has to be known, and was not kept. */
    BY_HAND,
    /** Only a backup has it. */
    BACKUP,
    /** There is no way back. */
    IMPOSSIBLE,
    /** The text does not tell. */
    UNKNOWN
  }

  public Reversal {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(how);
  }

  static Reversal nothing() {
    return new Reversal(Kind.NOTHING, "");
  }

  static Reversal by(String statement) {
    return new Reversal(Kind.STATEMENT, statement);
  }

  static Reversal byHand(String how) {
    return new Reversal(Kind.BY_HAND, how);
  }

  static Reversal backup() {
    return new Reversal(Kind.BACKUP, "only from a backup");
  }

  static Reversal unknown() {
    return new Reversal(Kind.UNKNOWN, "not known how");
  }

  /** Returns how it is undone, as half a sentence: {@code undone by DROP INDEX i}. */
  public String words() {
    return switch (kind) {
      case NOTHING -> "nothing to undo";
      case STATEMENT -> "undone by " + how;
      case BY_HAND, BACKUP -> "undone " + how;
      case IMPOSSIBLE -> "cannot be undone: " + how;
      case UNKNOWN -> how + " it is undone";
    };
  }
}
