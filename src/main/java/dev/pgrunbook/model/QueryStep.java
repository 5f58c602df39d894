package dev.pgrunbook.model;

import dev.pgrunbook.sql.SqlTemplate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One read-only statement whose rows are shown, and perhaps saved. */
public record QueryStep(StepHeader header, SqlTemplate query, @Nullable Save save) implements Step {

  public QueryStep {
    Objects.requireNonNull(header);
    Objects.requireNonNull(query);
  }

  @Override
  public String kind() {
    return "query";
  }
}
