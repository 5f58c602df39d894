package dev.pgrunbook.loader;

import dev.pgrunbook.model.Save;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.model.StepHeader;
import dev.pgrunbook.syntax.SyntaxNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a kind is bound: its step, and what is known about that already.
 *
 * @param reader the step's keys
 * @param value the value of the key that names the kind
 * @param scope the names that the step can use, its loop's included
 * @param target the step's target, or null
 * @param save what the step saves, or null
 */
record StepSite(
    MappingReader reader,
    SyntaxNode value,
    VariableScope scope,
    @Nullable String target,
    @Nullable Save save) {

  /** A kind's own part of a step. */
  @FunctionalInterface
  interface Body {
    /** Returns the step of this part under a header. */
    Step under(StepHeader header);

    /** Returns the timeout that the kind's own part says, or null. */
    default @Nullable Duration timeout() {
      return null;
    }
  }
}
