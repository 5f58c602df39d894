package dev.pgrunbook.cli.terminal;

/**
 * A run, as commands about it name it.
 *
 * @param run its id
 * @param options what such a command needs besides, such as {@code --store runs}; empty for nothing
 */
public record RunName(String run, String options) {

  /** Returns a command as it is typed. */
  String command(String word, String more) {
    return "pgrunbook "
        + word
        + " "
        + run
        + (more.isEmpty() ? "" : " " + more)
        + (options.isEmpty() ? "" : " " + options);
  }
}
