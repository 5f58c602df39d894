package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.plan.ExpandedStatement;
import dev.pgrunbook.plan.RunScope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the engine asks before it goes on. */
public sealed interface Request {

  /** Returns the step or item it is about. */
  StepAddress address();

  /** Returns the step it is about. */
  Step step();

  /**
   * May this step or item run, or go on where it was cut short? Asked of every one.
   *
   * @param statements the SQL it begins with, values in place
   * @param scope what names mean in it
   */
  record BeforeStep(
      StepAddress address, Step step, List<ExpandedStatement> statements, RunScope scope)
      implements Request {
    public BeforeStep {
      statements = List.copyOf(statements);
    }
  }

  /**
   * What now? A step or item has failed, which has been recorded.
   *
   * @param message why, in a sentence or several lines
   * @param refused the statement that the server refused; null when it was something else
   * @param scope what names mean in it
   */
  record AfterFailure(
      StepAddress address,
      Step step,
      String message,
      @Nullable StatementFailed refused,
      RunScope scope)
      implements Request {}

  /**
   * May these generated statements run?
   *
   * @param target the connection they would run on
   * @param statements exactly what would run
   */
  record Review(StepAddress address, Step step, String target, GeneratedStatements statements)
      implements Request {}

  /**
   * A question with a yes or a no.
   *
   * @param kind what is asked for
   * @param text the question
   * @param type what has to be typed to say yes; null when yes will do
   * @param approvals how many people must approve; with 2 or more, none of them is the operator
   * @param approved how many have
   */
  record Gate(
      StepAddress address,
      Step step,
      GateKind kind,
      String text,
      @Nullable String type,
      int approvals,
      int approved)
      implements Request {}

  /** Something for a person to do elsewhere, and what they are to read there. */
  record Question(StepAddress address, Step step, String text, Map<String, ParameterType> ask)
      implements Request {
    public Question {
      ask = Collections.unmodifiableMap(new LinkedHashMap<>(ask));
    }
  }

  /**
   * Nobody can know whether these statements took effect.
   *
   * @param statements what was sent
   * @param evidence everything that is known, a sentence each
   */
  record InDoubt(StepAddress address, Step step, List<String> statements, List<String> evidence)
      implements Request {
    public InDoubt {
      statements = List.copyOf(statements);
      evidence = List.copyOf(evidence);
    }
  }
}
