package dev.pgrunbook.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * How many columns and rows the terminal has: {@code COLUMNS}, or what {@code stty} says, asked
 * once and again after the window has changed.
 */
final class WindowSize implements AutoCloseable {

  private static final int USUAL = 80;
  private static final int USUAL_ROWS = 24;
  private static final int LEAST = 20;
  private static final String CHANGED = "WINCH";

  private final int fixed;
  private final @Nullable Object previous;
  private volatile @Nullable Size known;

  private WindowSize(int fixed) {
    this.fixed = fixed;
    this.previous = fixed > 0 ? null : Signals.register(CHANGED, () -> known = null);
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

  /** What a terminal has. */
  private record Size(int columns, int rows) {}

  /** Asks again when it is needed next: a line reader keeps the signal to itself. */
  void forget() {
    known = null;
  }

  int columns() {
    return fixed > 0 ? fixed : size().columns();
  }

  int rows() {
    return size().rows();
  }

  private Size size() {
    Size size = known;
    if (size == null) {
      size = ask();
      known = size;
    }
    return size;
  }

  /** {@code stty size} says rows and columns of its standard input. */
  private static Size ask() {
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
      int rows = space < 0 ? 0 : number(said.substring(0, space));
      return new Size(
          columns == 0 ? USUAL : Math.max(LEAST, columns), rows == 0 ? USUAL_ROWS : rows);
    } catch (IOException unknown) {
      return new Size(USUAL, USUAL_ROWS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Size(USUAL, USUAL_ROWS);
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
