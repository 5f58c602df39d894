package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.journal.StepState;
import dev.pgrunbook.model.Parameter;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.PlannedItem;
import dev.pgrunbook.plan.PlannedStatement;
import dev.pgrunbook.plan.PlannedStep;
import dev.pgrunbook.plan.Resolution;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Labelled;
import dev.pgrunbook.render.Quantities;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands that show where a run stands and what is to come, and what is noted about it. */
final class LookCommands {

  private static final int LONGEST_VALUE = 2_000;

  private final Look look;
  private final Theme theme;
  private final Standing standing;
  private final StepScreen screen;
  private final StatementScreen statements;
  private final Values values;

  LookCommands(Look look, Standing standing, StepScreen screen, StatementScreen statements) {
    this.look = look;
    this.theme = look.theme();
    this.standing = standing;
    this.screen = screen;
    this.statements = statements;
    this.values = new Values(standing.plan().runbook());
  }

  /** Lists the steps, and the items that have begun. */
  Reaction list() {
    int widest = 0;
    for (Places.Place place : standing.places().all()) {
      widest = Math.max(widest, 2 * place.depth() + place.step().id().length() + 4);
    }
    List<String> lines = new ArrayList<>();
    String block = "";
    for (Places.Place place : standing.places().all()) {
      if (!place.block().equals(block)) {
        block = place.block();
        lines.add(theme.paint(Role.DIM, block));
      }
      StepAddress whole = StepAddress.of(place.step().id());
      lines.add(line(place, whole, widest));
      for (StepAddress known : standing.state().steps().keySet()) {
        if (known.step().equals(whole.step()) && !known.items().isEmpty()) {
          lines.add(line(place, known, widest));
        }
      }
    }
    return Reaction.say(lines);
  }

  private String line(Places.Place place, StepAddress address, int widest) {
    StepState state = standing.state().step(address);
    boolean here = address.equals(standing.request().address());
    String sign = here ? theme.paint(Role.WARNING, look.glyphs().running()) : sign(state);
    String number = address.items().isEmpty() ? String.valueOf(place.number()) : "";
    String indented = " ".repeat(2 * place.depth()) + address;
    String name = DisplayText.pad(DisplayText.line(indented), widest);
    Duration elapsed = state.elapsed();
    boolean timed = elapsed != null && state.status() == StepState.Status.DONE;
    String time = timed && elapsed != null ? Quantities.duration(elapsed) : "";
    String title = address.items().isEmpty() ? title(place.step()) : "";
    String why = state.message() == null ? "" : firstLine(state.message());
    String text =
        why.isEmpty() ? title : title + (title.isEmpty() ? "" : "  ") + theme.paint(Role.DIM, why);
    return (sign
            + " "
            + theme.paint(Role.DIM, DisplayText.padLeft(number, 2))
            + " "
            + (here ? theme.paint(Role.HEADING, name) : name)
            + " "
            + theme.paint(Role.DIM, DisplayText.padLeft(time, 7))
            + "  "
            + text)
        .stripTrailing();
  }

  private static String firstLine(String message) {
    return DisplayText.line(message.lines().findFirst().orElse(""));
  }

  private static String title(Step step) {
    String title = step.header().documentation().title();
    return title == null ? "" : DisplayText.line(title);
  }

  private String sign(StepState state) {
    return switch (state.status()) {
      case PENDING -> " ";
      case RUNNING -> theme.paint(Role.HINT, look.glyphs().running());
      case DONE -> theme.paint(Role.GOOD, look.glyphs().done());
      case SKIPPED -> theme.paint(Role.DIM, look.glyphs().dot());
      case FAILED -> theme.paint(Role.ERROR, look.glyphs().failed());
    };
  }

  /** Shows another step: how it stands, and what it does as far as that is known. */
  Reaction show(String id) {
    Places.Place place = standing.places().of(id);
    if (place == null) {
      String hint = Spelling.didYouMean(id, standing.places().ids());
      return say("there is no step \"" + id + "\"" + (hint == null ? "" : "; " + hint));
    }
    Step step = place.step();
    StepAddress address = StepAddress.of(id);
    List<String> lines = new ArrayList<>(screen.headline("", address, step));
    Labelled facts = new Labelled(theme, look.width());
    StepState state = standing.state().step(address);
    facts.add("stands", state.status().name().toLowerCase(Locale.ROOT));
    facts.add("why", state.message());
    new StepManner(standing.scope()).tell(facts, step);
    lines.addAll(facts.lines());
    PlannedStep planned = planned(id);
    if (planned != null) {
      lines.addAll(sql(planned));
    }
    return Reaction.say(lines);
  }

  private @Nullable PlannedStep planned(String id) {
    for (PlannedStep step : standing.plan().allSteps()) {
      if (step.step().id().equals(id)) {
        return step;
      }
    }
    return null;
  }

  private List<String> sql(PlannedStep planned) {
    List<String> lines = new ArrayList<>();
    if (planned.resolution() instanceof Resolution.Deferred deferred) {
      lines.add("");
      lines.add(aside("known when running, because " + deferred.reason()));
    }
    for (PlannedItem item : planned.items()) {
      if (item.label() != null) {
        lines.add("");
        lines.add("   " + theme.paint(Role.DIM, DisplayText.line(item.label())));
      }
      if (item.resolution() instanceof Resolution.Skipped skipped) {
        lines.add(aside("does nothing: " + skipped.reason()));
      }
      for (PlannedStatement statement : item.statements()) {
        if (!statement.purpose().isCondition()) {
          lines.addAll(statements.statement(statement.display(), statement.analysis()));
        }
      }
    }
    return lines;
  }

  private String aside(String text) {
    return "     " + theme.paint(Role.DIM, DisplayText.line(text));
  }

  /** Shows the SQL of every step that is not settled. */
  Reaction plan() {
    List<String> lines = new ArrayList<>();
    for (Places.Place place : standing.places().all()) {
      StepAddress address = StepAddress.of(place.step().id());
      PlannedStep planned = planned(place.step().id());
      if (planned != null && !standing.state().step(address).isSettled()) {
        lines.addAll(screen.headline("", address, place.step()));
        lines.addAll(sql(planned));
      }
    }
    return Reaction.say(lines);
  }

  /** Shows parameters and variables, or one of them whole. */
  Reaction vars(String name) {
    List<String> names = values.names();
    if (!name.isEmpty()) {
      Value value = standing.scope().lookup(name);
      if (value == null) {
        return say(unknown(name, names));
      }
      List<String> lines = new ArrayList<>();
      lines.addAll(List.of(DisplayText.lines(shown(value)).split("\n", -1)));
      return Reaction.say(lines);
    }
    int widest = names.stream().mapToInt(DisplayText::width).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (String one : names) {
      boolean parameter = standing.plan().runbook().parameter(one) != null;
      Value value = standing.scope().lookup(one);
      String text = value == null ? "" : DisplayText.line(shown(value));
      int room = Math.max(20, look.width() - widest - 16);
      lines.add(
          " "
              + theme.paint(Role.HEADING, DisplayText.pad(one, widest))
              + "  "
              + theme.paint(Role.DIM, parameter ? "parameter" : "variable ")
              + "  "
              + DisplayText.cut(text, room, look.glyphs().ellipsis()));
    }
    return lines.isEmpty() ? say("this runbook has none") : Reaction.say(lines);
  }

  private String shown(Value value) {
    String text = value.isNull() ? "null" : standing.acts().masked(value.display());
    return text.length() > LONGEST_VALUE
        ? text.substring(0, LONGEST_VALUE) + look.glyphs().ellipsis()
        : text;
  }

  private static String unknown(String name, List<String> names) {
    String hint = Spelling.didYouMean(name, names);
    return "there is no parameter or variable \"" + name + "\"" + (hint == null ? "" : "; " + hint);
  }

  /** Gives a parameter or variable another value; what comes after sees it. */
  Reaction set(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? "" : text.substring(0, equals).strip();
    if (name.isEmpty()) {
      return say("set takes NAME = VALUE; what steps have saved is given as JSON");
    }
    if (!values.names().contains(name)) {
      return say(unknown(name, values.names()));
    }
    Request request = standing.request();
    boolean fits = request instanceof Request.BeforeStep || request instanceof Request.AfterFailure;
    if (!fits) {
      return say("this step has begun with the values it was asked with; set is for before a step");
    }
    Parameter parameter = standing.plan().runbook().parameter(name);
    if (parameter != null && parameter.type().base() == Base.SECRET) {
      return say(
          "a secret is kept nowhere, so a new one would be lost on resume: quit, and give"
              + " it to resume with -p");
    }
    Values.Read read = values.read(name, text.substring(equals + 1).strip());
    Value value = read.value();
    return value == null
        ? say(read.problem())
        : new Reaction(
            screen.asides(name + " = " + shown(value)),
            new Decision.SetVariable(name, value, standing.acts().operator()),
            null);
  }

  Reaction note(String text) {
    if (text.isEmpty()) {
      return say("note takes the text to write into the journal");
    }
    standing.acts().note(standing.request().address(), text);
    return say("noted");
  }

  /** Lists the commands, or explains one. */
  Reaction help(String word) {
    List<String> lines = new ArrayList<>();
    if (!word.isEmpty()) {
      List<Verb> meant = Verb.meant(word);
      if (meant.isEmpty()) {
        String hint = Spelling.didYouMean(word, Verb.words());
        return say("\"" + word + "\" is no command here" + (hint == null ? "" : "; " + hint));
      }
      meant.forEach(verb -> lines.addAll(HelpText.of(verb, look)));
      return Reaction.say(lines);
    }
    return Reaction.say(HelpText.all(look));
  }

  private Reaction say(String sentence) {
    return Reaction.say(screen.asides(sentence));
  }
}
