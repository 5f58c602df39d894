package dev.pgrunbook.repl;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The operator's terminal: history, completion, highlighting, SQL of several lines.
 *
 * <p>The terminal is taken only while a line is read, so that an editor, a pager and Ctrl-C have it
 * otherwise.
 */
public final class JLineShell implements Shell {

  /** What the line reader handles itself while it reads, and forgets to give back. */
  private static final List<String> SIGNALS = List.of("INT", "TSTP", "CONT", "WINCH");

  private static final int HISTORY = 2_000;

  /** What a shell answers when it does not find a program. */
  private static final int NO_SUCH_PROGRAM = 127;

  private static final String MORE = "  ...> ";

  /** The reader fills it up to the width of the prompt itself. */
  private static final String CONTINUED = "%P" + MORE;

  /** Opens the terminal. */
  @FunctionalInterface
  interface Source {
    Terminal open() throws IOException;
  }

  private final Source source;
  private final PrintStream out;
  private final ReplSession session;
  private final Path history;
  private final String pager;
  private final boolean live;
  private final Runnable resized;
  private int rows = Integer.MAX_VALUE;
  private final DefaultHistory kept = new MaskedHistory();
  private String asked = "";
  private String ahead = "";
  private boolean told;

  /**
   * Takes the process's own terminal.
   *
   * @param out where lines are shown
   * @param history the file that keeps what was typed, secrets masked
   * @param pager the command that shows what is longer than the terminal, as a shell reads it
   * @param live whether the terminal can draw a line again
   * @param resized told after a prompt, as long as which nobody else hears of it
   */
  public JLineShell(
      PrintStream out,
      ReplSession session,
      Path history,
      String pager,
      boolean live,
      Runnable resized) {
    this(SystemTerminal::open, out, session, history, pager, live, resized);
  }

  JLineShell(
      Source source,
      PrintStream out,
      ReplSession session,
      Path history,
      String pager,
      boolean live,
      Runnable resized) {
    this.source = source;
    this.out = out;
    this.session = session;
    this.history = history;
    this.pager = pager;
    this.live = live;
    this.resized = resized;
  }

  @Override
  public boolean isLive() {
    return live;
  }

  @Override
  public void show(List<String> lines) {
    if (lines.size() < rows || !page(lines)) {
      lines.forEach(out::println);
      out.flush();
    }
  }

  /** Shows lines in the operator's pager; false when there is none that can be started. */
  private boolean page(List<String> lines) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("sh", "-c", pager).redirectOutput(Redirect.INHERIT);
      builder.environment().putIfAbsent("LESS", "FRX");
      Process process = builder.redirectError(Redirect.INHERIT).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException leftEarly) {
        // Whoever leaves a pager has seen enough.
        process.destroy();
      }
      return process.waitFor() != NO_SUCH_PROGRAM;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public ReplRequest read(String prompt, boolean secret, Meanwhile meanwhile) {
    List<@Nullable Object> handlers = new ArrayList<>();
    try (Terminal terminal = source.open()) {
      SIGNALS.forEach(name -> handlers.add(Signals.register(name, () -> {})));
      // A dumb terminal has no size, and gets everything at once.
      rows = terminal.getHeight() > 0 ? terminal.getHeight() : Integer.MAX_VALUE;
      Size before = terminal.getSize();
      try {
        return read(terminal, prompt, secret, meanwhile);
      } finally {
        if (!terminal.getSize().equals(before)) {
          resized.run();
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } finally {
      for (int i = 0; i < handlers.size(); i++) {
        Signals.unregister(SIGNALS.get(i), handlers.get(i));
      }
    }
  }

  private ReplRequest read(Terminal terminal, String prompt, boolean secret, Meanwhile meanwhile)
      throws IOException {
    try (PromptReader reader = reader(terminal, prompt, secret)) {
      asked = prompt;
      meanwhile.heed(() -> heed(reader, meanwhile));
      reader.runMacro(ahead);
      ahead = "";
      String line = reader.read(meanwhile, secret);
      return meanwhile.isOver() ? brokenOff(line, secret) : new ReplRequest.Line(line);
    } catch (EndOfFileException end) {
      return new ReplRequest.End(false);
    } catch (UserInterruptException interrupt) {
      String more = live ? PromptReader.pending(terminal) : "";
      if (meanwhile.isOver()) {
        return brokenOff(interrupt.getPartialLine() + more, secret);
      }
      ahead = more;
      return new ReplRequest.Interrupt();
    }
  }

  /** A terminal that is read by the line cannot be had back before Enter is pressed. */
  private void heed(PromptReader reader, Meanwhile meanwhile) {
    if (live) {
      reader.heed(meanwhile);
    } else if (meanwhile.isOver() && !told) {
      told = true;
      show(List.of("", "   somebody has answered elsewhere; Enter goes on"));
    }
  }

  /** What was begun can be had again from the history. */
  private ReplRequest brokenOff(String begun, boolean secret) {
    told = false;
    if (secret) {
      return new ReplRequest.BrokenOff("");
    }
    kept.add(begun);
    return new ReplRequest.BrokenOff(begun);
  }

  private PromptReader reader(Terminal terminal, String prompt, boolean secret) {
    PromptReader reader = new PromptReader(terminal, prompt);
    reader.setParser(new SqlParser());
    reader.setHighlighter(new SqlHighlighter());
    reader.setCompleter(this::complete);
    reader.setVariable(LineReader.HISTORY_FILE, history);
    reader.setVariable(LineReader.HISTORY_SIZE, HISTORY);
    reader.setVariable(LineReader.DISABLE_HISTORY, secret);
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED);
    reader.option(Option.DISABLE_EVENT_EXPANSION, true);
    reader.option(Option.BRACKETED_PASTE, false);
    reader.setHistory(kept);
    return reader;
  }

  private void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String text = line.line().substring(0, line.cursor());
    int word = text.length() - line.wordCursor();
    // What the reader takes for a word may begin with a parenthesis, which is not completed.
    String head = text.substring(word, Math.max(word, ReplSession.wordStart(text)));
    for (Suggestion one : session.suggestions(text)) {
      boolean open = one.word().endsWith(".");
      candidates.add(
          new Candidate(head + one.word(), one.word(), null, one.what(), null, null, !open));
    }
  }

  /** Keeps what was typed without secrets, and nothing that is no command. */
  private final class MaskedHistory extends DefaultHistory {

    @Override
    public void add(Instant time, String line) {
      if (!line.isBlank()) {
        super.add(time, session.masked(line));
      }
    }
  }

  /** Goes on to the next line while SQL lacks its semicolon. */
  private final class SqlParser extends DefaultParser {

    SqlParser() {
      setEscapeChars(new char[0]);
      setQuoteChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      if (context == Parser.ParseContext.ACCEPT_LINE && !session.isComplete(line)) {
        if (!live) {
          // A reader that cannot draw a line again shows no prompt before the next one.
          int room = new AttributedString(asked).columnLength() - MORE.length();
          out.print(" ".repeat(Math.max(0, room)) + MORE);
          out.flush();
        }
        throw new EOFError(-1, cursor, "a semicolon is missing");
      }
      return super.parse(line, cursor, context);
    }
  }

  private final class SqlHighlighter implements Highlighter {

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
      AttributedString painted = AttributedString.fromAnsi(session.highlighted(buffer));
      return painted.toString().equals(buffer) ? painted : new AttributedString(buffer);
    }

    @Override
    public void setErrorPattern(Pattern pattern) {}

    @Override
    public void setErrorIndex(int index) {}
  }
}
