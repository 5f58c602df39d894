package dev.pgrunbook.loader;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step does: the keys of which every step has exactly one. */
enum StepKind {
  QUERY("query"),
  SQL("sql"),
  GENERATE("generate"),
  CHECK("check"),
  GATE("gate"),
  PROBE("probe"),
  MANUAL("manual"),
  WAIT("wait"),
  STEPS("steps"),
  BATCH("batch"),
  SHELL("shell"),
  CALL("call");

  /** The keys of every kind. */
  static final List<String> COMMON =
      List.of(
          "id",
          "title",
          "description",
          "note",
          "tip",
          "warning",
          "links",
          "target",
          "when",
          "forEach",
          "confirm",
          "unless",
          "verify",
          "timeout",
          "lockTimeout",
          "retry",
          "onTimeout");

  /** Keys that people write beside {@code probe} instead of inside it. */
  private static final List<String> INSIDE_PROBE =
      List.of("sources", "every", "until", "fail", "progress", "stall");

  private static final List<String> INSIDE_BATCH =
      List.of("table", "key", "set", "where", "size", "pauseWhile");

  private final String key;

  StepKind(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }

  /** Returns the keys that only such steps know. */
  List<String> ownKeys() {
    return switch (this) {
      case QUERY -> List.of("save");
      case SQL -> List.of("transaction", "isolation", "save");
      case GENERATE ->
          List.of("stages", "review", "executeOn", "transaction", "pause", "window", "save");
      case CHECK -> List.of("expect", "message");
      case GATE -> List.of("type", "approvals");
      case MANUAL -> List.of("ask");
      case STEPS -> List.of("parallel");
      case SHELL -> List.of("env", "save");
      case CALL -> List.of("with", "save");
      case PROBE, WAIT, BATCH -> List.of();
    };
  }

  /** Returns the common keys that this version does not heed for such steps. */
  List<String> keysOfLaterVersions() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK -> List.of();
      case PROBE -> List.of("retry");
      case GATE, MANUAL, WAIT, STEPS -> List.of("timeout", "retry");
      case BATCH, SHELL, CALL -> List.of();
    };
  }

  /** Returns whether this version carries such steps out. */
  boolean isSupported() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK, GATE, PROBE, MANUAL, WAIT, STEPS -> true;
      case BATCH, SHELL, CALL -> false;
    };
  }

  /** Returns whether such steps work on their target, which they cannot do without. */
  boolean needsTarget() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK -> true;
      case GATE, PROBE, MANUAL, WAIT, STEPS, BATCH, SHELL, CALL -> false;
    };
  }

  /** Returns the kind that a key names, or null. */
  static @Nullable StepKind of(String key) {
    for (StepKind kind : values()) {
      if (kind.key.equals(key)) {
        return kind;
      }
    }
    return null;
  }

  /** Returns the keys of the kinds that this version carries out. */
  static List<String> keys() {
    return Arrays.stream(values()).filter(StepKind::isSupported).map(StepKind::key).toList();
  }

  /** Says where a key belongs that a step of this kind does not know, or nothing. */
  @Nullable String misplaced(String wrongKey) {
    if (INSIDE_PROBE.contains(wrongKey)) {
      return "\"" + wrongKey + "\" belongs inside \"probe\"";
    }
    if (INSIDE_BATCH.contains(wrongKey)) {
      return "\"" + wrongKey + "\" belongs inside \"batch\"";
    }
    List<String> owners = new ArrayList<>();
    for (StepKind kind : values()) {
      if (kind.ownKeys().contains(wrongKey)) {
        owners.add("\"" + kind.key + "\"");
      }
    }
    return owners.isEmpty()
        ? null
        : "\""
            + wrongKey
            + "\" belongs to "
            + String.join(", ", owners)
            + ", and this step is a \""
            + key
            + "\"";
  }

  /** Returns the diagnostic about what this version does not have yet. */
  static Diagnostic laterVersion(String what, SourceSpan span) {
    return RunbookRule.NOT_SUPPORTED.at(span, what + " comes with a later version");
  }
}
