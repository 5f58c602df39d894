package dev.pgrunbook.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions: {@code f(x)}, {@code x.f()}, or both, as CEL has them. */
enum Function {
  SIZE("size", 1, true, true),
  STARTS_WITH("startsWith", 2, false, true),
  ENDS_WITH("endsWith", 2, false, true),
  CONTAINS("contains", 2, false, true),
  MATCHES("matches", 2, true, true),
  STRING("string", 1, true, false),
  INT("int", 1, true, false),
  DOUBLE("double", 1, true, false);

  private final String word;
  private final int operands;
  private final boolean global;
  private final boolean member;

  Function(String word, int operands, boolean global, boolean member) {
    this.word = word;
    this.operands = operands;
    this.global = global;
    this.member = member;
  }

  String word() {
    return word;
  }

  /** Returns how many operands it takes, what stands before the dot included. */
  int operands() {
    return operands;
  }

  boolean isCalled(boolean asMember) {
    return asMember ? member : global;
  }

  /** Returns how it is called, for hints. */
  String usage() {
    String rest = operands == 1 ? "()" : "('…')";
    return member ? "x." + word + rest : word + "(x)";
  }

  static @Nullable Function named(String word) {
    for (Function function : values()) {
      if (function.word.equals(word)) {
        return function;
      }
    }
    return null;
  }

  static List<String> words() {
    return java.util.Arrays.stream(values()).map(Function::word).toList();
  }
}
