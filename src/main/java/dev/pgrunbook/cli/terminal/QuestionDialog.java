package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.cli.terminal.Reply.Kind;
import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.model.ParameterValue;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a person what to do elsewhere, and asks for what is to be read there. */
final class QuestionDialog {

  private final Screen screen;
  private final Prompt prompt;
  private final String operator;

  QuestionDialog(Screen screen, Prompt prompt, String operator) {
    this.screen = screen;
    this.prompt = prompt;
    this.operator = operator;
  }

  Decision ask(Request.Question question) {
    screen.print(Headline.of("BY HAND", question, screen));
    Labelled lines =
        new Labelled(screen.theme(), screen.columns()).text(Role.HEADING, question.text());
    screen.print(Headline.documentation(question, lines).lines());
    screen.print("");
    if (question.ask().isEmpty()) {
      return done();
    }
    Map<String, Value> values = new LinkedHashMap<>();
    for (String name : question.ask().keySet()) {
      Value value = value(name, question.ask().get(name));
      if (value == null) {
        return new Decision.Pause();
      }
      values.put(name, value);
    }
    return new Decision.Answer(operator, values);
  }

  private Decision done() {
    while (true) {
      Reply reply = prompt.insist("   Type done when it is done: ");
      if (reply.kind() != Kind.LINE) {
        return new Decision.Pause();
      }
      if (reply.text().equalsIgnoreCase("done")) {
        return new Decision.Answer(operator, Map.of());
      }
    }
  }

  /** Returns what was typed for a variable, or null when the operator stops. */
  private @Nullable Value value(String name, @Nullable ParameterType given) {
    ParameterType type = given == null ? new ParameterType(Base.TEXT, false) : given;
    boolean secret = type.base() == Base.SECRET;
    String question = "   " + DisplayText.line(name) + " (" + type.word() + "): ";
    while (true) {
      Reply reply = secret ? prompt.askSecret(question) : prompt.insist(question);
      if (reply.kind() != Kind.LINE) {
        return null;
      }
      if (!reply.text().isEmpty()) {
        Validated<Value> parsed =
            ParameterValue.parse(type, SourceText.of("<" + name + ">", reply.text()));
        Value value = parsed.orNull();
        if (value != null) {
          return value;
        }
        String mistake = DisplayText.line(parsed.diagnostics().get(0).message());
        screen.print("   " + screen.theme().paint(Role.HINT, mistake));
      }
    }
  }
}
