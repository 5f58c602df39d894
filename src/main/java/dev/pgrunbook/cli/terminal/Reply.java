package dev.pgrunbook.cli.terminal;

/**
 * What a person did at a prompt.
 *
 * @param kind how it ended
 * @param text the line; empty unless there is one
 */
record Reply(Kind kind, String text) {

  /** How it ended. */
  enum Kind {
    LINE,
    /** Ctrl-D. */
    END,
    /** Ctrl-C. */
    INTERRUPT
  }
}
