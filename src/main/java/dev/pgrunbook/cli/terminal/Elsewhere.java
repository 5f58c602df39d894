package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import org.jspecify.annotations.Nullable;

/** Where an answer may come from while a person at the terminal is asked. */
@FunctionalInterface
public interface Elsewhere {

  /** Returns the answer that has come to a request, or null. */
  @Nullable Decision answer(Request request);
}
