package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.render.Ansi;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Theme;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is shown, shared by the display and the questions: lines that stay, and below them
 * the live ones, which are drawn again in place.
 *
 * <p>Safe for any thread. Lines are harmless: whoever makes them has escaped what is not his own.
 */
public final class Screen implements AutoCloseable {

  /** What a file or a pipe is taken to be as wide as. */
  private static final int PIPE = 200;

  private static final String ERASE_LINE_END = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Theme theme;
  private final Glyphs glyphs;
  private final IntSupplier columns;
  private final IntSupplier rows;
  private final @Nullable TerminalSource source;
  private final boolean draws;
  private final @Nullable WindowSize size;

  private List<String> live = List.of();
  private int liveColumns;
  private boolean conversing;
  private @Nullable Thread speaker;
  private final List<String> held = new ArrayList<>();

  Screen(
      PrintStream out,
      Theme theme,
      Glyphs glyphs,
      IntSupplier columns,
      IntSupplier rows,
      @Nullable TerminalSource source,
      boolean draws,
      @Nullable WindowSize size) {
    this.out = out;
    this.theme = theme;
    this.glyphs = glyphs;
    this.columns = columns;
    this.rows = rows;
    this.source = source;
    this.draws = draws;
    this.size = size;
  }

  /** Returns a screen for a file or a pipe: nothing is drawn twice, nobody is asked. */
  public static Screen plain(PrintStream out, Theme theme, Map<String, String> environment) {
    int columns = WindowSize.columnsOf(environment);
    int width = columns == 0 ? PIPE : columns;
    return new Screen(
        out,
        theme,
        Glyphs.of(environment),
        () -> width,
        () -> Integer.MAX_VALUE,
        null,
        false,
        null);
  }

  /**
   * Returns the screen of the process's own terminal; a dumb one has lines that stay, and no more.
   */
  public static Screen terminal(PrintStream out, Theme theme, Map<String, String> environment) {
    WindowSize size = WindowSize.of(environment);
    Glyphs glyphs = Glyphs.of(environment);
    boolean draws = !environment.getOrDefault("TERM", "").equals("dumb");
    return new Screen(
        out, theme, glyphs, size::columns, size::rows, TerminalSource.SYSTEM, draws, size);
  }

  public Theme theme() {
    return theme;
  }

  /** Returns the signs to draw with. */
  public Glyphs glyphs() {
    return glyphs;
  }

  /** Returns whether lines can be drawn again. */
  boolean isTerminal() {
    return draws;
  }

  /** Takes note that the window may have another size by now. */
  public void resized() {
    if (size != null) {
      size.forget();
    }
  }

  /** Returns how many columns a line may take. */
  public int columns() {
    return columns.getAsInt();
  }

  /** Returns how many rows there are; of a file without number. */
  int rows() {
    return rows.getAsInt();
  }

  /**
   * Prints lines that stay, above the live ones. While somebody is asked, what others have to tell
   * waits until that is over.
   */
  public synchronized void print(List<String> lines) {
    if (conversing && Thread.currentThread() != speaker) {
      held.addAll(lines);
      return;
    }
    StringBuilder frame = new StringBuilder();
    toTop(frame);
    String end = live.isEmpty() ? "\n" : ERASE_LINE_END + "\n";
    lines.forEach(line -> frame.append(line).append(end));
    drawLive(frame, live);
    write(frame);
  }

  void print(String line) {
    print(List.of(line));
  }

  /** Draws the live lines anew; none removes them. */
  synchronized void live(List<String> lines) {
    boolean same = lines.equals(live) && liveColumns == columns();
    if (!draws || conversing || same) {
      return;
    }
    StringBuilder frame = new StringBuilder();
    toTop(frame);
    drawLive(frame, lines);
    write(frame);
  }

  /** Goes to the first of the live lines; after a narrower window they may take more rows each. */
  private void toTop(StringBuilder frame) {
    if (live.isEmpty()) {
      return;
    }
    int now = columns();
    int rows = 0;
    for (String line : live) {
      rows += Math.max(1, (DisplayText.width(Ansi.strip(line)) + now - 1) / now);
    }
    frame.append('\r');
    if (rows > 1) {
      frame.append("\u001b[").append(rows - 1).append('A');
    }
    if (now != liveColumns) {
      frame.append(ERASE_BELOW);
    }
  }

  private void drawLive(StringBuilder frame, List<String> lines) {
    int width = columns();
    for (int i = 0; i < lines.size(); i++) {
      frame.append(lines.get(i)).append(ERASE_LINE_END).append(i == lines.size() - 1 ? "" : "\n");
    }
    boolean fewer = lines.size() < live.size();
    if (fewer) {
      frame.append(ERASE_BELOW);
    }
    live = List.copyOf(lines);
    liveColumns = width;
  }

  private void write(StringBuilder frame) {
    out.print(frame);
    out.flush();
  }

  /** Asks a person: the live lines go away, and nothing is drawn until it is over. */
  <T> T converse(Interruption interruption, Function<Prompt, T> conversation) {
    TerminalSource terminal = source;
    if (terminal == null) {
      throw new IllegalStateException("nobody is there to be asked");
    }
    beginConversation();
    try (Prompt prompt = new Prompt(terminal, this, interruption)) {
      return conversation.apply(prompt);
    } finally {
      print("");
      endConversation();
    }
  }

  /** Lets somebody else write: the live lines go away, and nothing is drawn until it is over. */
  public <T> T aside(Supplier<T> other) {
    beginConversation();
    try {
      return other.get();
    } finally {
      endConversation();
    }
  }

  private synchronized void beginConversation() {
    live(List.of());
    conversing = true;
    speaker = Thread.currentThread();
  }

  private synchronized void endConversation() {
    conversing = false;
    speaker = null;
    if (!held.isEmpty()) {
      print(List.copyOf(held));
      held.clear();
    }
  }

  /** Removes the live lines. */
  @Override
  public void close() {
    live(List.of());
    if (size != null) {
      size.close();
    }
  }
}
