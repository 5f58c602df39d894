package dev.pgrunbook.demo;

import org.jspecify.annotations.Nullable;

/** Runs SQL for this package, which has no driver of its own. */
@FunctionalInterface
public interface SqlRunner {

  /**
   * Runs one or more statements, in one transaction where there are several.
   *
   * @return the first column of the first row of the first result; null when there is none
   */
  @Nullable String run(ServerAddress server, String database, String sql);
}
