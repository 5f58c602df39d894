package dev.pgrunbook.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * How many columns the terminal has: {@code COLUMNS}, or what {@code stty} says, asked once and
 * again after the window has changed.
 */
final class WindowSize implements AutoCloseable {

  private static final int USUAL = 80;
  private static final int LEAST = 20;
  private static final String CHANGED = "WINCH";

  private final int fixed;
  private final @Nullable Object previous;
  private volatile int known;

  private WindowSize(int fixed) {
    this.fixed = fixed;
    this.previous = fixed > 0 ? null : Signals.register(CHANGED, () -> known = 0);
  }

  /** Returns the size of the terminal of this process. */
  static WindowSize of(Map<String, String> environment) {
    return new WindowSize(columnsOf(environment));
  }

  /** Returns what {@code COLUMNS} says; 0 when it says nothing. */
  static int columnsOf(Map<String, String> environment) {
    int columns = number(environment.getOrDefault("COLUMNS", ""));
    return columns == 0 ? 0 : Math.max(LEAST, columns);
  }

  int columns() {
    if (fixed > 0) {
      return fixed;
    }
    int columns = known;
    if (columns == 0) {
      columns = ask();
      known = columns;
    }
    return columns;
  }

  /** {@code stty size} says rows and columns of its standard input. */
  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
      }
      int space = said.indexOf(' ');
      int columns = space < 0 ? 0 : number(said.substring(space + 1).strip());
      return columns == 0 ? USUAL : Math.max(LEAST, columns);
    } catch (IOException unknown) {
      return USUAL;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  private static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 5) {
      return 0;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return 0;
      }
    }
    return Integer.parseInt(digits);
  }

  @Override
  public void close() {
    if (previous != null) {
      Signals.unregister(CHANGED, previous);
    }
  }
}
