package dev.pgrunbook.plan;

import java.util.List;
import java.util.Objects;

/**
 * One difference in meaning between two runbooks.
 *
 * @param mark what happened
 * @param subject what it happened to, such as {@code step load (sql)}
 * @param key what of the subject; empty for the subject as a whole
 * @param lines the particulars, each marked
 * @param dangers everything that makes the newer runbook the more dangerous one
 */
public record RunbookChange(
    Mark mark, String subject, String key, List<Line> lines, List<Danger> dangers) {

  public RunbookChange {
    Objects.requireNonNull(mark);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(key);
    lines = List.copyOf(lines);
    dangers = List.copyOf(dangers);
  }

  /** What happened to something, or to a line of it. */
  public enum Mark {
    ADDED,
    REMOVED,
    CHANGED,
    MOVED,
    RENAMED
  }

  /** A text, perhaps of several lines, that is there in one of the runbooks. */
  public record Line(Mark mark, String text) {}

  /**
   * Why the newer runbook is the more dangerous one.
   *
   * @param kind of what kind that is
   * @param sentence about the subject
   */
  public record Danger(Kind kind, String sentence) {

    /** What kind of danger there is. */
    public enum Kind {
      /** What kept a run from harm is gone, weaker, or another one. */
      SAFEGUARD,
      /** It does more harm by itself. */
      HARM
    }

    static Danger safeguard(String sentence) {
      return new Danger(Kind.SAFEGUARD, sentence);
    }

    static Danger harm(String sentence) {
      return new Danger(Kind.HARM, sentence);
    }
  }
}
