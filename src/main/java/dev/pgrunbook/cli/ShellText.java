package dev.pgrunbook.cli;

/** Texts as they are typed at a shell's prompt. */
final class ShellText {

  private ShellText() {}

  /** Returns a word as it is, when no shell sees more in it, or else in single quotes. */
  static String quoted(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "_-./:@,=+%".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
