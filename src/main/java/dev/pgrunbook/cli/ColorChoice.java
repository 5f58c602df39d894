package dev.pgrunbook.cli;

import org.jspecify.annotations.Nullable;

/** Whether output is coloured. */
enum ColorChoice {
  /** On a terminal that does not refuse it. */
  AUTO("auto"),
  /** Also in files and pipes. */
  ALWAYS("always"),
  NEVER("never");

  private final String word;

  ColorChoice(String word) {
    this.word = word;
  }

  static @Nullable ColorChoice of(String word) {
    for (ColorChoice choice : values()) {
      if (choice.word.equals(word)) {
        return choice;
      }
    }
    return null;
  }
}
