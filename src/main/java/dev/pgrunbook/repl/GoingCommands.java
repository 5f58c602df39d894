package dev.pgrunbook.repl;

import dev.pgrunbook.engine.Decision;
import dev.pgrunbook.engine.Request;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The commands by which a run goes on, or does not. */
final class GoingCommands {

  private static final String BEFORE = "a step is about to run";
  private static final String FAILED = "a step has failed";

  private final Standing standing;
  private final StepScreen screen;

  GoingCommands(Standing standing, StepScreen screen) {
    this.standing = standing;
    this.screen = screen;
  }

  Reaction next() {
    Reaction reaction = proceed(Verb.NEXT);
    standing.stepping |= reaction.decision() != null;
    return reaction;
  }

  Reaction run() {
    Reaction reaction = proceed(Verb.RUN);
    standing.stepping &= reaction.decision() == null;
    return reaction;
  }

  Reaction until(String id) {
    if (standing.places().of(id) == null) {
      String hint = Spelling.didYouMean(id, standing.places().ids());
      String which = id.isEmpty() ? "until takes a step" : "there is no step \"" + id + "\"";
      return say(which + (hint == null ? "; list shows them" : "; " + hint));
    }
    if (id.equals(standing.step().id())) {
      return say("the run is at " + id + " already");
    }
    if (standing.state().step(StepAddress.of(id)).isSettled()) {
      return say(id + " is behind: the run has got past it");
    }
    Reaction reaction = proceed(Verb.UNTIL);
    standing.stepping &= reaction.decision() == null;
    standing.until = reaction.decision() == null ? null : id;
    return reaction;
  }

  private Reaction proceed(Verb verb) {
    Request request = standing.request();
    if (request instanceof Request.BeforeStep) {
      return Reaction.decide(new Decision.Proceed());
    } else if (request instanceof Request.AfterFailure) {
      return say(
          request.address() + " has failed: retry, skip, done, or fail; quit pauses the run");
    }
    return say(verb.word() + " goes on once this is answered: " + answers(request));
  }

  /** Returns what answers a request, for people. */
  static String answers(Request request) {
    if (request instanceof Request.Review) {
      return "approve, reject, pick 1,3-5, edit, show N";
    } else if (request instanceof Request.Gate gate) {
      return answers(gate);
    } else if (request instanceof Request.Question) {
      return "done";
    } else if (request instanceof Request.InDoubt) {
      return "done or retry";
    } else if (request instanceof Request.AfterFailure) {
      return "retry, skip, done, fail";
    }
    return "next, skip, done";
  }

  private static String answers(Request.Gate gate) {
    if (gate.type() != null) {
      return "what has to be typed, or reject";
    }
    return gate.kind() == GateKind.CONFIRM ? "y or n" : "approve or reject";
  }

  Reaction skip(String why) {
    Request request = standing.request();
    boolean fits = request instanceof Request.BeforeStep || request instanceof Request.AfterFailure;
    if (!fits) {
      return refuse(Verb.SKIP, BEFORE + " or has failed");
    }
    return reason(
        why, "Why is it left out? ", given -> new Decision.Skip(given + " (" + operator() + ")"));
  }

  Reaction done(String why) {
    Request request = standing.request();
    if (request instanceof Request.Question question) {
      return answer(question, new ArrayList<>(question.ask().keySet()), new LinkedHashMap<>());
    } else if (request instanceof Request.Review || request instanceof Request.Gate) {
      return refuse(Verb.DONE, BEFORE + ", has failed, or is in doubt");
    }
    return reason(
        why, "How do you know? ", given -> new Decision.Settle(Mark.DONE, given, operator()));
  }

  Reaction retry(String why) {
    Request request = standing.request();
    if (request instanceof Request.InDoubt) {
      return reason(
          why,
          "How do you know that it had no effect? ",
          given -> new Decision.Settle(Mark.AGAIN, given, operator()));
    } else if (request instanceof Request.AfterFailure) {
      standing.retry();
      return Reaction.decide(new Decision.Settle(Mark.AGAIN, "tried again", operator()));
    }
    return refuse(Verb.RETRY, FAILED);
  }

  Reaction fail() {
    return standing.request() instanceof Request.AfterFailure
        ? Reaction.decide(new Decision.Fail())
        : refuse(Verb.FAIL, FAILED);
  }

  Reaction quit() {
    return Reaction.decide(new Decision.Pause());
  }

  /** Asks for a reason unless it was given at once; without one nothing happens. */
  private Reaction reason(String given, String question, Function<String, Decision> decision) {
    Function<String, Reaction> decide =
        why ->
            why.isEmpty()
                ? say("nothing is done without a reason: it is kept in the journal")
                : Reaction.decide(decision.apply(standing.acts().masked(why)));
    return given.isEmpty()
        ? Reaction.ask(List.of(), "   " + question, decide)
        : decide.apply(given);
  }

  /** Asks for one value after the other. */
  private Reaction answer(Request.Question question, List<String> left, Map<String, Value> values) {
    if (left.isEmpty()) {
      return Reaction.decide(new Decision.Answer(operator(), values));
    }
    String name = left.get(0);
    ParameterType type = question.ask().get(name);
    ParameterType known = type == null ? new ParameterType(ParameterType.Base.TEXT, false) : type;
    String prompt = "   " + name + " (" + known.word() + "): ";
    Function<String, Reaction> then =
        text -> {
          Values.Read read = Values.read(name, known, text);
          if (text.isEmpty() || read.value() == null) {
            return say(text.isEmpty() ? "nothing is answered; done asks again" : read.problem());
          }
          values.put(name, read.value());
          return answer(question, left.subList(1, left.size()), values);
        };
    return known.base() == ParameterType.Base.SECRET
        ? Reaction.askSecretly(List.of(), prompt, then)
        : Reaction.ask(List.of(), prompt, then);
  }

  Reaction breakpoint(String text) {
    if (!text.isEmpty()) {
      return say(standing.breakpoints().add(text));
    }
    List<String> lines = new ArrayList<>();
    for (String breakpoint : standing.breakpoints().describe()) {
      lines.add("   " + (lines.size() + 1) + "  " + breakpoint);
    }
    return lines.isEmpty()
        ? say("there is no breakpoint: break STEP, break KIND, or break if EXPRESSION")
        : Reaction.say(lines);
  }

  Reaction unbreak(String which) {
    return say(standing.breakpoints().remove(which));
  }

  private String operator() {
    return standing.acts().operator();
  }

  private Reaction refuse(Verb verb, String when) {
    return say(
        verb.word() + " is for when " + when + "; here it takes " + answers(standing.request()));
  }

  private Reaction say(String sentence) {
    return Reaction.say(screen.asides(sentence));
  }
}
