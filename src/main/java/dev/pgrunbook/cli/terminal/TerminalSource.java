package dev.pgrunbook.cli.terminal;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Opens the terminal that a person types at. */
@FunctionalInterface
interface TerminalSource {

  /** The process's own terminal; its signals stay with whoever handles them. */
  TerminalSource SYSTEM =
      () -> TerminalBuilder.builder().system(true).nativeSignals(false).dumb(true).build();

  Terminal open() throws IOException;
}
