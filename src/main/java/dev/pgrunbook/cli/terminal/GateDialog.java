package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.cli.terminal.Reply.Kind;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Theme.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A question with a yes or a no at the terminal; the empty answer is neither. */
final class GateDialog {

  private final Screen screen;
  private final Prompt prompt;
  private final String operator;
  private final boolean shared;
  private final RunName run;

  /**
   * @param shared whether other people's answers reach a run that goes on
   * @param run what is asked about
   */
  GateDialog(Screen screen, Prompt prompt, String operator, boolean shared, RunName run) {
    this.screen = screen;
    this.prompt = prompt;
    this.operator = operator;
    this.shared = shared;
    this.run = run;
  }

  Decision ask(Request.Gate gate) {
    screen.print(Headline.of(title(gate.kind()), gate, screen));
    Labelled lines = new Labelled(screen.theme(), screen.columns());
    boolean writes = gate.kind() == GateKind.PROTECTED;
    lines.text(writes ? Role.WARNING : Role.HEADING, gate.text());
    if (!writes) {
      Headline.documentation(gate, lines);
    }
    if (gate.approvals() > 1) {
      return others(gate, lines);
    }
    screen.print(lines.lines());
    screen.print("");
    if (gate.type() != null) {
      return typed(gate.type());
    }
    return gate.kind() == GateKind.CONFIRM ? confirmed() : answered();
  }

  private static String title(GateKind kind) {
    return switch (kind) {
      case GATE -> "GATE";
      case CONFIRM -> "CONFIRM";
      case PROTECTED -> "PROTECTED TARGET";
      case MANUAL -> "MANUAL";
    };
  }

  /**
   * Whoever sits here has started or resumed the run; others approve it from their own terminals.
   */
  private Decision others(Request.Gate gate, Labelled lines) {
    lines.add(
        "approved",
        gate.approved()
            + " of "
            + gate.approvals()
            + ": it takes different people, and not the one who started the run. The run "
            + (shared ? "waits" : "pauses")
            + " until "
            + missing(gate.approvals() - gate.approved())
            + " said: "
            + DisplayText.line(run.command("approve", gate.address().toString())));
    screen.print(lines.lines());
    return shared ? waitForOthers() : new Decision.Pause();
  }

  private static String missing(int people) {
    return people == 1 ? "1 more person has" : people + " more people have";
  }

  /** Answers from elsewhere break this off. */
  private Decision waitForOthers() {
    screen.print("");
    while (true) {
      Reply reply = prompt.insist("   waiting; Ctrl-C pauses the run, \"reject\" says no > ");
      if (reply.kind() != Kind.LINE) {
        return new Decision.Pause();
      }
      if (isWord(reply.text(), "reject")) {
        return new Decision.Reject(operator, comment(reply.text()));
      }
      tell("Other people approve this one, from their own terminals.");
    }
  }

  private Decision typed(String type) {
    String shown = DisplayText.line(type);
    screen.print("   Type " + screen.theme().paint(Role.HEADING, shown) + " to go on.");
    while (true) {
      Reply reply = prompt.insist("   > ");
      if (reply.kind() != Kind.LINE) {
        return new Decision.Pause();
      }
      if (reply.text().equals(type.strip())) {
        return new Decision.Approve(operator, "typed " + shown, null);
      }
      if (isWord(reply.text(), "reject")) {
        return new Decision.Reject(operator, comment(reply.text()));
      }
      tell("That is not it. Ctrl-C pauses the run, \"reject\" says no.");
    }
  }

  private Decision confirmed() {
    while (true) {
      Reply reply = prompt.insist("   Go on? [y/N] ");
      if (reply.kind() != Kind.LINE) {
        return new Decision.Pause();
      }
      switch (reply.text().toLowerCase(Locale.ROOT)) {
        case "y", "yes" -> {
          return new Decision.Approve(operator, null, null);
        }
        case "n", "no" -> {
          return new Decision.Reject(operator, null);
        }
        case "" -> tell("Type y to go on, n to say no; Ctrl-C pauses the run.");
        default -> tell("Type y or n.");
      }
    }
  }

  private Decision answered() {
    while (true) {
      Reply reply = prompt.insist("   approve or reject? ");
      if (reply.kind() != Kind.LINE) {
        return new Decision.Pause();
      }
      if (isWord(reply.text(), "approve")) {
        return new Decision.Approve(operator, comment(reply.text()), null);
      }
      if (isWord(reply.text(), "reject")) {
        return new Decision.Reject(operator, comment(reply.text()));
      }
      tell("Type approve or reject, a comment after it if you like; Ctrl-C pauses the run.");
    }
  }

  /** Returns whether a line's first word is the beginning of a word. */
  private static boolean isWord(String line, String word) {
    String first = line.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    return !first.isEmpty() && word.startsWith(first);
  }

  private static @Nullable String comment(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? null : line.substring(space + 1).strip();
  }

  private void tell(String text) {
    screen.print(List.of("   " + screen.theme().paint(Role.HINT, text)));
  }
}
