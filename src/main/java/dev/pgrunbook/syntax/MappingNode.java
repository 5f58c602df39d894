package dev.pgrunbook.syntax;

import dev.pgrunbook.source.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys with values, in the order of the file.
 *
 * @param span where it stands
 * @param entries the entries; keys are unique, which the front end has checked
 */
public record MappingNode(SourceSpan span, List<Entry> entries) implements SyntaxNode {

  public MappingNode {
    entries = List.copyOf(entries);
  }

  /** One key with its value. */
  public record Entry(ScalarNode key, SyntaxNode value) {}

  /** Returns the entry of a key, or null. */
  public @Nullable Entry entry(String key) {
    for (Entry entry : entries) {
      if (entry.key().text().equals(key)) {
        return entry;
      }
    }
    return null;
  }

  /** Returns the value of a key, or null. */
  public @Nullable SyntaxNode get(String key) {
    Entry entry = entry(key);
    return entry == null ? null : entry.value();
  }

  @Override
  public String description() {
    return "a mapping";
  }
}
