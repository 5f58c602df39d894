package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Theme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/** A terminal that keeps what would be seen on it, and types what it is told to. */
final class VirtualTerminal {

  private static final int ROWS = 200;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ScreenTerminal seen;
  private final Keyboard keyboard;
  private final int columns;
  private int interpreted;

  VirtualTerminal(int columns) {
    this.columns = columns;
    this.seen = new ScreenTerminal(columns, ROWS);
    try {
      keyboard = new Keyboard(bytes, columns);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A terminal without a system's: keys that were typed ahead wait until somebody reads. */
  private static final class Keyboard extends LineDisciplineTerminal {

    Keyboard(OutputStream bytes, int columns) throws IOException {
      super("test", "xterm", bytes, StandardCharsets.UTF_8);
      setSize(new Size(columns, ROWS));
      Attributes attributes = getAttributes();
      attributes.setControlChar(ControlChar.VINTR, 3);
      attributes.setControlChar(ControlChar.VEOF, 4);
      attributes.setLocalFlag(LocalFlag.ISIG, true);
      attributes.setLocalFlag(LocalFlag.ECHO, false);
      setAttributes(attributes);
    }

    /** Returns whether a line reader waits for keys: it has taken them raw. */
    boolean reads() {
      return !getAttributes().getLocalFlag(LocalFlag.ICANON);
    }

    /** What was typed ahead must survive until the terminal is opened again. */
    @Override
    protected void doClose() {}
  }

  Screen screen(Theme theme) {
    return screen(theme, ROWS);
  }

  /** Returns a screen that takes the terminal for one of so many rows. */
  Screen screen(Theme theme, int rows) {
    return screen(theme, rows, () -> columns);
  }

  /** Returns a screen that takes the terminal for one of so many rows, and columns now. */
  Screen screen(Theme theme, int rows, IntSupplier now) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Screen(out, theme, Glyphs.UNICODE, now, () -> rows, () -> keyboard, true, null);
  }

  /** Types, whether anybody reads already or not. */
  VirtualTerminal type(String text) {
    try {
      keyboard.processInputBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Types once something is shown: a key that interrupts counts only for who reads. */
  void typeAt(String shown, String keys) {
    Thread typist =
        new Thread(
            () -> {
              while (!written().contains(shown) || !keyboard.reads()) {
                LockSupport.parkNanos(5_000_000);
              }
              type(keys);
            });
    typist.setDaemon(true);
    typist.start();
  }

  /** Returns everything that was written, sequences and all. */
  String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Returns what stands on the terminal, without the empty rows below. */
  List<String> rows() {
    String all = written();
    seen.write(all.substring(interpreted).replace("\n", "\r\n"));
    interpreted = all.length();
    List<String> rows = new ArrayList<>(Arrays.asList(seen.toString().split("\n")));
    List<String> shown = new ArrayList<>();
    rows.forEach(row -> shown.add(row.stripTrailing()));
    while (!shown.isEmpty() && shown.get(shown.size() - 1).isEmpty()) {
      shown.remove(shown.size() - 1);
    }
    return shown;
  }
}
