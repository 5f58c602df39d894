package dev.pgrunbook.cli;

import org.jspecify.annotations.Nullable;

/** The commands, in the order in which the overview lists them. */
enum CommandName {
  HELP("help", "explains a command");

  private final String word;
  private final String summary;

  CommandName(String word, String summary) {
    this.word = word;
    this.summary = summary;
  }

  /** What is typed. */
  String word() {
    return word;
  }

  /** One line for the overview, without a full stop. */
  String summary() {
    return summary;
  }

  /** Makes the command; only here are a command's classes loaded. */
  Command create() {
    return switch (this) {
      case HELP -> new HelpCommand();
    };
  }

  static @Nullable CommandName of(String word) {
    for (CommandName name : values()) {
      if (name.word.equals(word)) {
        return name;
      }
    }
    return null;
  }
}
