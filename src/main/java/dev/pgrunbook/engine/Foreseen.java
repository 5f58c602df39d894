package dev.pgrunbook.engine;

import dev.pgrunbook.sql.StatementEffects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What statements would do now, with what their database knows of what they name.
 *
 * @param effects what each would do, in order; where the database did not answer, what its text
 *     tells
 * @param unknown why the database did not answer about all of it, in a phrase; null when it did
 */
public record Foreseen(List<StatementEffects> effects, @Nullable String unknown) {
  public Foreseen {
    effects = List.copyOf(effects);
  }
}
