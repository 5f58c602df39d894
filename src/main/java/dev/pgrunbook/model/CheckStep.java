package dev.pgrunbook.model;

import dev.pgrunbook.expression.TextTemplate;
import dev.pgrunbook.sql.SqlTemplate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An assertion.
 *
 * @param header what every kind may say
 * @param check a read-only query
 * @param expect what its rows must be
 * @param message filled and printed for each row when they are not; null for a plain sentence
 */
public record CheckStep(
    StepHeader header, SqlTemplate check, Expectation expect, @Nullable TextTemplate message)
    implements Step {

  public CheckStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(check);
    Objects.requireNonNull(expect);
  }

  @Override
  public String kind() {
    return "check";
  }
}
