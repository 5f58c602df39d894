package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.cli.terminal.Reply.Kind;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Theme.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks what became of statements when nobody else can know. */
final class InDoubtDialog {

  private final Screen screen;
  private final Prompt prompt;
  private final String operator;

  InDoubtDialog(Screen screen, Prompt prompt, String operator) {
    this.screen = screen;
    this.prompt = prompt;
    this.operator = operator;
  }

  Decision ask(Request.InDoubt doubt) {
    screen.print(Headline.of("IN DOUBT", doubt, screen));
    Labelled lines =
        new Labelled(screen.theme(), screen.columns())
            .text(
                Role.WARNING,
                "Nobody can know whether this took effect. Look, then say what you found.");
    doubt.evidence().forEach(sentence -> lines.add("known", sentence));
    screen.print(lines.lines());
    screen.print(statements(doubt));
    screen.print(
        List.of(
            "",
            "   done   it took effect: go on after it",
            "   again  it did not: run it again",
            "   pause  leave it undecided",
            ""));
    return answer();
  }

  private List<String> statements(Request.InDoubt doubt) {
    List<String> lines = new ArrayList<>();
    for (String statement : doubt.statements()) {
      lines.add("");
      for (String line : DisplayText.lines(statement.strip()).split("\n", -1)) {
        lines.add("     " + line);
      }
    }
    return lines;
  }

  private Decision answer() {
    while (true) {
      Reply reply = prompt.insist("   done, again or pause? ");
      if (reply.kind() != Kind.LINE) {
        return new Decision.Pause();
      }
      switch (reply.text().toLowerCase(Locale.ROOT)) {
        case "done" -> {
          return settle(Mark.DONE);
        }
        case "again" -> {
          return settle(Mark.AGAIN);
        }
        case "pause" -> {
          return new Decision.Pause();
        }
        default -> tell("Type the whole word: done, again or pause.");
      }
    }
  }

  private Decision settle(Mark mark) {
    while (true) {
      Reply reply = prompt.insist("   How do you know? ");
      if (reply.kind() != Kind.LINE) {
        return new Decision.Pause();
      }
      if (!reply.text().isEmpty()) {
        return new Decision.Settle(mark, reply.text(), operator);
      }
      tell("The reason is kept in the journal.");
    }
  }

  private void tell(String text) {
    screen.print("   " + screen.theme().paint(Role.HINT, text));
  }
}
