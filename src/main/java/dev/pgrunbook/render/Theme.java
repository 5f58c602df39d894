package dev.pgrunbook.render;

/** How the roles that words play in an output are told apart: not at all, or by colour. */
public enum Theme {
  /** Text as it is, for files and pipes. */
  PLAIN,
  /** Text with the colours and weights that every terminal knows. */
  ANSI;

  private static final String RESET = "\u001b[0m";

  /** What a piece of text is for. */
  public enum Role {
    ERROR("\u001b[1;31m"),
    WARNING("\u001b[1;33m"),
    HEADING("\u001b[1m"),
    DIM("\u001b[2m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    HINT("\u001b[36m");

    private final String sequence;

    Role(String sequence) {
      this.sequence = sequence;
    }
  }

  /** Returns a text as it looks in a role; an empty text stays empty. */
  public String paint(Role role, String text) {
    return this == PLAIN || text.isEmpty() ? text : role.sequence + text + RESET;
  }
}
