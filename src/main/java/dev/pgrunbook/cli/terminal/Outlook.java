package dev.pgrunbook.cli.terminal;

import java.util.List;

/**
 * What is ahead of a run.
 *
 * @param next the next steps
 * @param facts how the run as a whole stands, a phrase each
 */
record Outlook(List<Next> next, List<String> facts) {

  Outlook {
    next = List.copyOf(next);
    facts = List.copyOf(facts);
  }

  /** A step that has not begun. */
  record Next(String id, String title) {}
}
