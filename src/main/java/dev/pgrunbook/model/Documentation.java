package dev.pgrunbook.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step tells the people who read or run it.
 *
 * @param title one line, or null
 * @param description some paragraphs, or null
 * @param note worth knowing, or null
 * @param tip makes it easier, or null
 * @param warning must be heeded, or null
 * @param links further reading
 */
public record Documentation(
    @Nullable String title,
    @Nullable String description,
    @Nullable String note,
    @Nullable String tip,
    @Nullable String warning,
    List<Link> links) {

  /** Nothing said. */
  public static final Documentation NONE =
      new Documentation(null, null, null, null, null, List.of());

  public Documentation {
    links = List.copyOf(links);
  }
}
