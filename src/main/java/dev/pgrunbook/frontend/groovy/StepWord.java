package dev.pgrunbook.frontend.groovy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods that make steps.
 *
 * <p>In YAML a step has the key of its kind; here the kind is a method, and its value goes by a
 * method of its own.
 */
enum StepWord {
  QUERY("query"),
  SQL("sql"),
  GENERATE("generate"),
  CHECK("check"),
  GATE("gate"),
  MANUAL("manual"),
  PROBE("probe"),
  WAIT("wait"),
  BATCH("batch"),
  SHELL("shell"),
  CALL("call"),
  STEPS("steps");

  private final String word;

  StepWord(String word) {
    this.word = word;
  }

  /** Returns the methods that say the kind's value, or a part of it. */
  private List<String> own() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK -> List.of("sql");
      case GATE, MANUAL -> List.of("text");
      case PROBE -> List.of("sources", "every", "until", "fail", "progress", "stall");
      case WAIT -> List.of("until", "zone");
      case BATCH -> List.of("table", "key", "set", "sql", "where", "size", "pauseWhile");
      case SHELL -> List.of("argv");
      case CALL, STEPS -> List.of();
    };
  }

  String word() {
    return word;
  }

  /** Returns the method that says a step's value, or the first thing of it. */
  String valueWord() {
    return switch (this) {
      case QUERY, SQL, GENERATE, CHECK -> "sql";
      case GATE, MANUAL -> "text";
      case PROBE -> "sources";
      case BATCH -> "table";
      case WAIT, CALL -> word;
      case SHELL -> "argv";
      case STEPS -> "steps";
    };
  }

  /** Returns whether a key is the value of the kind itself. */
  boolean isValue(String key) {
    return key.equals(word) || !isMap() && own().contains(key);
  }

  /** Returns whether a key belongs into the map that the kind's value is. */
  boolean isInside(String key) {
    return isMap() && own().contains(key);
  }

  private boolean isMap() {
    return this == PROBE || this == WAIT || this == BATCH;
  }

  /** Returns the kind of a word, or null. */
  static @Nullable StepWord of(String word) {
    for (StepWord one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    return null;
  }

  static List<String> words() {
    return java.util.Arrays.stream(values()).map(StepWord::word).toList();
  }
}
