package dev.pgrunbook.engine;

import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer to a {@link Request}. Each request says which answers fit; others are a defect. */
public sealed interface Decision {

  /** Go on; answers {@link Request.BeforeStep}. */
  record Proceed() implements Decision {}

  /** Leave the step out; answers {@link Request.BeforeStep} and {@link Request.AfterFailure}. */
  record Skip(String reason) implements Decision {}

  /**
   * Yes; answers {@link Request.Review} and {@link Request.Gate}.
   *
   * @param by who
   * @param comment why, or which option of the command line answered; null for nothing
   * @param statements what may run instead of what was shown, picked or edited; null for exactly
   *     what was shown
   */
  record Approve(String by, @Nullable String comment, @Nullable GeneratedStatements statements)
      implements Decision {}

  /** No; answers {@link Request.Review} and {@link Request.Gate}, and pauses the run. */
  record Reject(String by, @Nullable String comment) implements Decision {}

  /** What a person has read elsewhere; answers {@link Request.Question}. */
  record Answer(String by, Map<String, Value> values) implements Decision {
    public Answer {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /** The step has failed, and the run with it; answers {@link Request.AfterFailure}. */
  record Fail() implements Decision {}

  /**
   * A parameter or variable has another value from here on, and the question is asked again;
   * answers {@link Request.BeforeStep} and {@link Request.AfterFailure}.
   */
  record SetVariable(String name, Value value, String by) implements Decision {}

  /**
   * A step or item that is done is reverted, and to be done again; answers {@link
   * Request.BeforeStep} and {@link Request.AfterFailure}. The question is asked again.
   */
  record Undo(StepAddress address, String by) implements Decision {}

  /**
   * What a person knows of a statement in doubt; answers {@link Request.InDoubt}. Of a step: that
   * it is done without this program, which answers {@link Request.BeforeStep}; that, or that it is
   * to be tried again, which answers {@link Request.AfterFailure}.
   */
  record Settle(Mark mark, String reason, String by) implements Decision {}

  /** Nobody is there to answer, or the operator stops: the run pauses. Answers everything. */
  record Pause() implements Decision {}
}
