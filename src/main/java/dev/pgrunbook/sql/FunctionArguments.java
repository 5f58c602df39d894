package dev.pgrunbook.sql;

import org.jspecify.annotations.Nullable;

/** The arguments of a call as written. */
final class FunctionArguments {

  private FunctionArguments() {}

  /** Returns the argument of a name, or else of a place counted from zero, or null. */
  static @Nullable String of(StatementTokens tokens, int open, int place, String name) {
    int close = tokens.closing(open);
    int start = open + 1;
    int index = 0;
    @Nullable String placed = null;
    for (int i = start; i <= close && start < close; i++) {
      boolean ends = i == close || tokens.is(i, ',') && tokens.depth(i) == tokens.depth(open) + 1;
      if (ends) {
        boolean named = start + 1 < i && isArrow(tokens, start + 1);
        if (named && tokens.isWord(start, name)) {
          return tokens.written(start + 2, i);
        }
        placed = index == place && !named ? tokens.written(start, i) : placed;
        start = i + 1;
        index++;
      }
    }
    return placed;
  }

  private static boolean isArrow(StatementTokens tokens, int i) {
    String written = tokens.written(i, i + 1);
    return written.equals(":=") || written.equals("=>");
  }
}
