package dev.pgrunbook.model;

import dev.pgrunbook.sql.SqlTemplate;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * SQL that generates SQL: read-only rounds whose rows are statements, a review, the execution.
 *
 * @param header what every kind may say
 * @param generate the first round's query; each row's first column is one statement
 * @param stages how many read-only rounds there are; the rows of the last are executed
 * @param review whether a person reviews the statements
 * @param executeOn the role they are executed on; null for the step's own target
 * @param transaction which transactions they run in
 * @param pause waited between two statements; null for none
 * @param window the time of day in which statements may start; null for any
 * @param save keeps the rows of the last round; null for none
 * @param undo reverts what the statements have done; null when nothing does
 */
public record GenerateStep(
    StepHeader header,
    SqlTemplate generate,
    int stages,
    ReviewMode review,
    @Nullable String executeOn,
    TransactionMode transaction,
    @Nullable Duration pause,
    @Nullable TimeWindow window,
    @Nullable Save save,
    @Nullable SqlTemplate undo)
    implements Step {

  public GenerateStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(generate);
    Objects.requireNonNull(review);
    Objects.requireNonNull(transaction);
    if (stages < 1) {
      throw new IllegalArgumentException("stages " + stages);
    }
  }

  @Override
  public String kind() {
    return "generate";
  }

  /** Returns the role that the statements are executed on. */
  public @Nullable String executionTarget() {
    return executeOn == null ? header.target() : executeOn;
  }
}
