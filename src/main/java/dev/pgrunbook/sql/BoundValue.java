package dev.pgrunbook.sql;

import dev.pgrunbook.value.Value;
import java.util.Objects;

/**
 * A value with the type it has on the server.
 *
 * @param type PostgreSQL's name of the type: {@code text}, {@code int8}, {@code text[]}, {@code
 *     jsonb} and so on
 * @param value what it is
 */
public record BoundValue(String type, Value value) {

  public BoundValue {
    Objects.requireNonNull(type);
    Objects.requireNonNull(value);
  }
}
