package dev.pgrunbook.repl;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
  private final DefaultHistory kept = new DefaultHistory();

  /**
   * Takes the process's own terminal.
   *
   * @param out where lines are shown
   * @param history the file that keeps what was typed, secrets masked
   */
  public JLineShell(PrintStream out, ReplSession session, Path history) {
    this(
        () -> TerminalBuilder.builder().system(true).nativeSignals(false).dumb(true).build(),
        out,
        session,
        history);
  }

  JLineShell(Source source, PrintStream out, ReplSession session, Path history) {
    this.source = source;
    this.out = out;
    this.session = session;
    this.history = history;
  }

  @Override
  public void show(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  @Override
  public ReplRequest read(String prompt, boolean secret) {
    List<@Nullable Object> handlers = new ArrayList<>();
    try (Terminal terminal = source.open()) {
      SIGNALS.forEach(name -> handlers.add(Signals.register(name, () -> {})));
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
        .history(kept)
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.DISABLE_HISTORY, secret)
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
        .option(Option.DISABLE_EVENT_EXPANSION, true)
        .option(Option.BRACKETED_PASTE, false)
        .build();
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
