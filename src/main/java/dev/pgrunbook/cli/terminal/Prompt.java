package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.cli.terminal.Reply.Kind;
import dev.pgrunbook.render.Theme.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Reads lines that a person types; opens the terminal when the first is asked for. */
final class Prompt implements AutoCloseable {

  /** What the line reader handles itself while it reads, and forgets to give back. */
  private static final List<String> SIGNALS = List.of("INT", "TSTP", "CONT", "WINCH");

  private final TerminalSource source;
  private final Screen screen;
  private final Interruption interruption;
  private @Nullable Terminal terminal;

  /**
   * @param interruption breaks off what is asked when it is answered elsewhere
   */
  Prompt(TerminalSource source, Screen screen, Interruption interruption) {
    this.source = source;
    this.screen = screen;
    this.interruption = interruption;
  }

  /** Asks for a line; it comes without white space around it. */
  Reply ask(String question) {
    return read(question, null);
  }

  /** Asks for a line that nobody may see. */
  Reply askSecret(String question) {
    return read(question, '\0');
  }

  /**
   * Asks for a line; after Ctrl-D once more, because it is typed by mistake more often than meant.
   */
  Reply insist(String question) {
    Reply reply = ask(question);
    if (reply.kind() == Kind.END) {
      screen.print(screen.theme().paint(Role.DIM, "  Ctrl-D again pauses the run."));
      reply = ask(question);
    }
    return reply;
  }

  private Reply read(String question, @Nullable Character mask) {
    LineReader reader = reader();
    List<@Nullable Object> handlers = new ArrayList<>();
    SIGNALS.forEach(name -> handlers.add(Signals.register(name, () -> {})));
    interruption.enter();
    try {
      return new Reply(Kind.LINE, reader.readLine(question, mask).strip());
    } catch (EndOfFileException end) {
      return new Reply(Kind.END, "");
    } catch (UserInterruptException interrupt) {
      interruption.check();
      return new Reply(Kind.INTERRUPT, "");
    } finally {
      interruption.leave();
      for (int i = 0; i < SIGNALS.size(); i++) {
        Signals.unregister(SIGNALS.get(i), handlers.get(i));
      }
    }
  }

  private LineReader reader() {
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(new char[0]);
    parser.setQuoteChars(new char[0]);
    return LineReaderBuilder.builder()
        .terminal(opened())
        .parser(parser)
        .variable(LineReader.DISABLE_HISTORY, true)
        .variable(LineReader.DISABLE_COMPLETION, true)
        .option(Option.DISABLE_EVENT_EXPANSION, true)
        .option(Option.BRACKETED_PASTE, false)
        .build();
  }

  private Terminal opened() {
    Terminal open = terminal;
    if (open == null) {
      try {
        open = source.open();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      terminal = open;
    }
    return open;
  }

  /** Gives the terminal back, to an editor for instance. */
  @Override
  public void close() {
    Terminal open = terminal;
    terminal = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
