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
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
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

  private static final String CONTINUED = "%P  ...> ";

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
  private int rows = Integer.MAX_VALUE;
  private final DefaultHistory kept = new MaskedHistory();

  /**
   * Takes the process's own terminal.
   *
   * @param out where lines are shown
   * @param history the file that keeps what was typed, secrets masked
   * @param pager the command that shows what is longer than the terminal, as a shell reads it
   */
  public JLineShell(PrintStream out, ReplSession session, Path history, String pager) {
    this(
        () -> TerminalBuilder.builder().system(true).nativeSignals(false).dumb(true).build(),
        out,
        session,
        history,
        pager);
  }

  JLineShell(Source source, PrintStream out, ReplSession session, Path history, String pager) {
    this.source = source;
    this.out = out;
    this.session = session;
    this.history = history;
    this.pager = pager;
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
  public ReplRequest read(String prompt, boolean secret) {
    List<@Nullable Object> handlers = new ArrayList<>();
    try (Terminal terminal = source.open()) {
      SIGNALS.forEach(name -> handlers.add(Signals.register(name, () -> {})));
      // A dumb terminal has no size, and gets everything at once.
      rows = terminal.getHeight() > 0 ? terminal.getHeight() : Integer.MAX_VALUE;
      LineReader reader = reader(terminal, secret);
      return new ReplRequest.Line(reader.readLine(prompt, secret ? '\0' : null));
    } catch (EndOfFileException end) {
      return new ReplRequest.End(false);
    } catch (UserInterruptException interrupt) {
      return new ReplRequest.Interrupt();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } finally {
      for (int i = 0; i < handlers.size(); i++) {
        Signals.unregister(SIGNALS.get(i), handlers.get(i));
      }
    }
  }

  private LineReader reader(Terminal terminal, boolean secret) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .parser(new SqlParser())
        .highlighter(new SqlHighlighter())
        .completer(this::complete)
        .history(kept)
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.HISTORY_SIZE, HISTORY)
        .variable(LineReader.DISABLE_HISTORY, secret)
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
        .option(Option.DISABLE_EVENT_EXPANSION, true)
        .option(Option.BRACKETED_PASTE, false)
        .build();
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
