package dev.pgrunbook.plan;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a reviewer of a plan should know about a step or a statement.
 *
 * @param severity how bad it is
 * @param code names its kind, such as {@code check-failed}; never changes
 * @param message a sentence without a full stop
 * @param hint what to do about it, or null
 * @param position the character of the shown statement that is to blame, from one, or null
 */
public record Finding(
    Severity severity,
    String code,
    String message,
    @Nullable String hint,
    @Nullable Integer position) {

  public Finding {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
  }

  /** How bad a finding is, the worst first. */
  public enum Severity {
    /** The run would fail. */
    ERROR,
    /** The run may do harm. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** Returns the word that people and machines read. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns an error without hint and position. */
  public static Finding error(String code, String message) {
    return new Finding(Severity.ERROR, code, message, null, null);
  }

  /** Returns a warning without hint and position. */
  public static Finding warning(String code, String message) {
    return new Finding(Severity.WARNING, code, message, null, null);
  }

  /** Returns a remark without hint and position. */
  public static Finding note(String code, String message) {
    return new Finding(Severity.NOTE, code, message, null, null);
  }

  /** Returns the same finding with a hint. */
  public Finding withHint(@Nullable String text) {
    return new Finding(severity, code, message, text, position);
  }

  /** Returns the same finding with a place in the statement. */
  public Finding at(@Nullable Integer character) {
    return new Finding(severity, code, message, hint, character);
  }

  /** Returns whether it is an error. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
