package dev.pgrunbook.loader;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Severity;
import dev.pgrunbook.source.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loader asks of a runbook, beyond what the front ends ask of files, {@code sql} of SQL
 * and {@code expression} of expressions.
 */
public enum RunbookRule {
  UNKNOWN_KEY("unknown-key", "every key is one that its place knows"),
  MISSING_KEY("missing-key", "what cannot be left out is there"),
  WRONG_TYPE("wrong-type", "a value has the shape that its key asks for"),
  NUMBER_RANGE("number-range", "a number lies within its limits"),
  CHOICE("choice", "a value is one of the words that its key allows"),
  CONFLICTING_KEYS("conflicting-keys", "keys do not contradict each other"),
  NOT_SUPPORTED("not-supported", "nothing is used that only a later version brings"),
  STEP_KIND("step-kind", "a step says exactly one thing to do"),
  BAD_NAME("bad-name", "names are spelled so that SQL, expressions and options can use them"),
  DUPLICATE_ID("duplicate-id", "a step's id is unique in its runbook"),
  DUPLICATE_NAME("duplicate-name", "a name means one thing in a runbook"),
  VERSION("version", "a runbook's version is a semantic one"),
  REQUIRES("requires", "the language versions that a file needs include this program's"),
  LINK("link", "a link leads to a web page"),
  UNKNOWN_TARGET("unknown-target", "a step's target is one that the runbook declares"),
  UNKNOWN_NAME("unknown-name", "a name is a parameter, a variable of the loop or a saved one"),
  UNKNOWN_MEMBER("unknown-member", "a field is one that its row has"),
  UNSAVED_VARIABLE("unsaved-variable", "a variable is saved before it is used"),
  NESTED_PARALLEL("nested-parallel", "what runs side by side holds nothing that does so again"),
  PLACEHOLDER_TYPE("placeholder-type", "a placeholder's form fits what it stands for"),
  BOUND_IN_UTILITY("bound-in-utility", "values are bound only where PostgreSQL takes parameters"),
  TRANSACTION_CONTROL("transaction-control", "no step begins or ends transactions by itself"),
  BARRED_FROM_TRANSACTION(
      "barred-from-transaction",
      "what PostgreSQL bars from transaction blocks runs with transaction: none"),
  READ_ONLY("read-only", "what only reads holds no statement that writes"),
  READ_ONLY_TARGET("read-only-target", "nothing writes to a target that is read-only"),
  ONE_STATEMENT("one-statement", "what only reads is a single statement"),
  DURATION("duration", "a duration is a number with its unit, within its limits"),
  CLOCK_TIME("clock-time", "times of day, dates and time zones exist"),
  SQLSTATE_NAME("sqlstate-name", "errors worth a retry are given by PostgreSQL's condition names"),
  PARAMETER_TYPE("parameter-type", "a parameter's type is one of the language's"),
  PARAMETER_DEFAULT("parameter-default", "a parameter's default and example are values of it"),
  PARAMETER_LIMITS("parameter-limits", "a parameter's choices, pattern and limits fit its type"),
  LITERAL_LIST("literal-list", "a list to go through has items, and items are values"),
  NOT_A_LIST("not-a-list", "what a step goes through is a list"),
  FILE_OUTSIDE("file-outside", "SQL files lie beside or below their runbook"),
  UNUSED_PARAMETER(Severity.WARNING, "unused-parameter", "a parameter is used somewhere"),
  UNUSED_TARGET(Severity.WARNING, "unused-target", "a target is used somewhere"),
  UNSTATED_ZONE(Severity.WARNING, "unstated-zone", "a time of day says whose clock counts"),
  UNGATED_DESTRUCTION(
      Severity.WARNING, "ungated-destruction", "somebody is asked before data is destroyed");

  private final Severity severity;
  private final String code;
  private final String explanation;

  RunbookRule(String code, String explanation) {
    this(Severity.ERROR, code, explanation);
  }

  RunbookRule(Severity severity, String code, String explanation) {
    this.severity = severity;
    this.code = code;
    this.explanation = explanation;
  }

  /** Returns how much breaking the rule matters. */
  public Severity severity() {
    return severity;
  }

  /** Returns the stable code of its diagnostics. */
  public String code() {
    return code;
  }

  /** Returns what holds in a file that keeps the rule, as half a sentence. */
  public String explanation() {
    return explanation;
  }

  /** Returns the diagnostic about what this version does not have yet. */
  static Diagnostic laterVersion(String what, SourceSpan span) {
    return NOT_SUPPORTED.at(span, what + " comes with a later version");
  }

  /** Returns the diagnostic about something side by side within something that is. */
  static Diagnostic nestedParallel(SourceSpan span) {
    return NESTED_PARALLEL
        .at(span, "this runs within something that runs side by side already")
        .withHint("say \"parallel\" once, where it counts: that many sessions are used at most");
  }

  /** Returns a diagnostic about the rule being broken. */
  Diagnostic at(@Nullable SourceSpan span, String message) {
    return new Diagnostic(severity, code, message, span, null, List.of());
  }

  /** Returns what somebody else found, as this rule's. */
  Diagnostic instead(Diagnostic found, @Nullable SourceSpan span) {
    return new Diagnostic(severity, code, found.message(), span, found.hint(), found.related());
  }
}
