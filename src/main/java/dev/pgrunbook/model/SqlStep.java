package dev.pgrunbook.model;

import dev.pgrunbook.sql.SqlTemplate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One or more statements.
 *
 * @param header what every kind may say
 * @param sql the statements
 * @param transaction which transactions they run in
 * @param isolation the isolation of those; null for the server's default
 * @param save keeps the rows of the last statement that returned any; null for none
 * @param undo reverts what the statements have done; null when nothing does
 */
public record SqlStep(
    StepHeader header,
    SqlTemplate sql,
    TransactionMode transaction,
    @Nullable Isolation isolation,
    @Nullable Save save,
    @Nullable SqlTemplate undo)
    implements Step {

  public SqlStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(sql);
    Objects.requireNonNull(transaction);
  }

  @Override
  public String kind() {
    return "sql";
  }
}
