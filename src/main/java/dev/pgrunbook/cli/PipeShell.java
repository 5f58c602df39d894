package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.repl.Meanwhile;
import dev.pgrunbook.repl.ReplRequest;
import dev.pgrunbook.repl.ReplSession;
import dev.pgrunbook.repl.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file or a pipe of commands. They are shown after their prompts, so that the output reads as if
 * somebody had typed them.
 */
final class PipeShell implements Shell {

  private static final String CONTINUED = "  ...> ";

  private final BufferedReader in;
  private final Screen screen;
  private final ReplSession session;

  PipeShell(InputStream in, Screen screen, ReplSession session) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.screen = screen;
    this.session = session;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public void show(List<String> lines) {
    screen.print(lines);
  }

  @Override
  public ReplRequest read(String prompt, boolean secret, Meanwhile meanwhile) {
    try {
      String line = in.readLine();
      if (line == null) {
        screen.print(List.of(prompt.stripTrailing()));
        return new ReplRequest.End(true);
      }
      screen.print(List.of((prompt + (secret ? "" : session.masked(line))).stripTrailing()));
      StringBuilder all = new StringBuilder(line);
      while (!session.isComplete(all.toString())) {
        String more = in.readLine();
        if (more == null) {
          return new ReplRequest.End(true);
        }
        screen.print(List.of(CONTINUED + session.masked(more)));
        all.append('\n').append(more);
      }
      return new ReplRequest.Line(all.toString());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
