package dev.pgrunbook.repl;

import java.io.IOException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * Reads behind a prompt that can change, and be broken off, while it waits; part of {@link
 * JLineShell}.
 */
final class PromptReader extends LineReaderImpl implements AutoCloseable {

  /** Longer than a terminal's driver holds a key back, shorter than anybody notices. */
  private static final long MOMENT_MILLIS = 150;

  private final String own;
  private @Nullable AttributedString drawn;
  private @Nullable Thread waiting = Thread.currentThread();

  /**
   * @param own the prompt without what is above it
   */
  PromptReader(Terminal terminal, String own) {
    super(terminal, "pgrunbook", null);
    this.own = own;
  }

  String read(Meanwhile meanwhile, boolean secret) {
    return readLine(below(meanwhile.above()), secret ? '\0' : null);
  }

  @Override
  public void setPrompt(@Nullable String text) {
    super.setPrompt(text);
    drawn = prompt;
  }

  /** Draws what is above the prompt anew, or ends the waiting. For other threads. */
  void heed(Meanwhile meanwhile) {
    if (meanwhile.isOver()) {
      interrupt();
      return;
    }
    lock.lock();
    try {
      // While the history is searched, the prompt is another one.
      if (reading && prompt.equals(drawn)) {
        setPrompt(below(meanwhile.above()));
        redisplay();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the prompt below a line, which never takes more than one of the terminal's. */
  private String below(@Nullable String line) {
    if (line == null) {
      return own;
    }
    int room = Math.max(1, terminal.getWidth() - 1);
    AttributedString above = AttributedString.fromAnsi(line).columnSubSequence(0, room);
    return above.toAnsi(terminal) + "\n" + own;
  }

  /**
   * Begins anew at the first line of the prompt: the reader itself takes the cursor's line for that
   * after a resize, and would leave those above it.
   */
  @Override
  protected synchronized void handleSignal(Signal signal) {
    lock.lock();
    try {
      boolean resized =
          size.getColumns() != terminal.getWidth() || size.getRows() != terminal.getHeight();
      if (signal == Signal.WINCH && reading && resized) {
        int rows = rowsAbove(Math.max(1, terminal.getWidth()));
        if (rows > 0) {
          terminal.puts(Capability.parm_up_cursor, rows);
        }
        terminal.puts(Capability.carriage_return);
        terminal.puts(Capability.clr_eos);
      }
      super.handleSignal(signal);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many rows there are above the cursor's, in a terminal that breaks lines anew. */
  private int rowsAbove(int columns) {
    String[] above = prompt.toString().split("\n", -1);
    int indent = new AttributedString(above[above.length - 1]).columnLength();
    int rows = 0;
    for (int i = 0; i < above.length - 1; i++) {
      rows += rows(new AttributedString(above[i]).columnLength(), columns);
    }
    String[] typed = buf.upToCursor().split("\n", -1);
    for (int i = 0; i < typed.length; i++) {
      int width = indent + new AttributedString(typed[i]).columnLength();
      rows += i < typed.length - 1 ? rows(width, columns) : width / columns;
    }
    return rows;
  }

  private static int rows(int width, int columns) {
    return Math.max(1, (width + columns - 1) / columns);
  }

  /**
   * Takes the keys that have been pressed and not read, until none follows for a moment. Whoever
   * breaks a read off must: one of them may be on its way already, and would be lost.
   */
  static String pending(Terminal terminal) throws IOException {
    Attributes before = terminal.enterRawMode();
    try {
      StringBuilder keys = new StringBuilder();
      int key = terminal.reader().read(MOMENT_MILLIS);
      while (key >= 0) {
        keys.append((char) key);
        key = terminal.reader().read(MOMENT_MILLIS);
      }
      return keys.toString();
    } finally {
      terminal.setAttributes(before);
    }
  }

  private synchronized void interrupt() {
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** What comes now comes too late. */
  @Override
  public synchronized void close() {
    waiting = null;
    Thread.interrupted();
  }
}
