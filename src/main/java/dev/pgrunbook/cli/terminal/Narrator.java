package dev.pgrunbook.cli.terminal;

import java.util.List;

/** Prints what was asked for and no more, never two empty lines in a row. */
final class Narrator {

  private final Screen screen;
  private final boolean quiet;
  private boolean blank = true;

  Narrator(Screen screen, Detail detail) {
    this.screen = screen;
    this.quiet = detail == Detail.QUIET;
  }

  /** Prints lines unless only failures and the end are wanted. */
  void tell(List<String> lines) {
    if (!quiet) {
      insist(lines);
    }
  }

  /** Prints lines in any case. */
  void insist(List<String> lines) {
    int first = blank && !lines.isEmpty() && lines.get(0).isEmpty() ? 1 : 0;
    List<String> rest = lines.subList(first, lines.size());
    if (!rest.isEmpty()) {
      screen.print(rest);
      blank = rest.get(rest.size() - 1).isEmpty();
    }
  }
}
