package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.repl.SystemTerminal;
import java.io.IOException;
import org.jline.terminal.Terminal;

/** Opens the terminal that a person types at. */
@FunctionalInterface
interface TerminalSource {

  /** The process's own terminal. */
  TerminalSource SYSTEM = SystemTerminal::open;

  Terminal open() throws IOException;
}
