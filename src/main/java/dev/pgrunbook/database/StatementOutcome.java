package dev.pgrunbook.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to a statement.
 *
 * @param command the command's tag without numbers, such as {@code INSERT} or {@code CREATE TABLE}
 * @param count rows inserted, updated, deleted, selected or copied; -1 where the tag has no number
 * @param rows the rows it returned; null when it is no statement that returns any
 * @param notices what it said on the way, in order
 */
public record StatementOutcome(
    String command, long count, @Nullable Rows rows, List<Notice> notices) {

  public StatementOutcome {
    notices = List.copyOf(notices);
  }

  /**
   * A message beside the result, as {@code RAISE NOTICE} sends.
   *
   * @param severity as the server words it: NOTICE, WARNING, INFO, …
   * @param message the text
   */
  public record Notice(String severity, String message) {}
}
