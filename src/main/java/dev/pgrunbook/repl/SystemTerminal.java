package dev.pgrunbook.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.nativ.JLineNativeLoader;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The process's own terminal; its signals stay with whoever handles them. */
public final class SystemTerminal {

  private SystemTerminal() {}

  /** Takes the terminal; a dumb one where there is none. */
  public static Terminal open() throws IOException {
    Terminal terminal =
        TerminalBuilder.builder().system(true).nativeSignals(false).dumb(true).build();
    forget(JLineNativeLoader.getNativeLibraryPath());
    return terminal;
  }

  /**
   * Removes the copy of its library that JLine has made in the directory for temporary files, and
   * the file that keeps others from removing it. JLine leaves that to the orderly end of the
   * process, which ends without one. What is loaded needs no name.
   */
  private static void forget(@Nullable String library) {
    if (library == null) {
      return;
    }
    try {
      Files.deleteIfExists(Path.of(library));
      Files.deleteIfExists(Path.of(library + ".lck"));
    } catch (IOException inUse) {
      // Where files that are in use have to stay, it stays.
      return;
    }
  }
}
