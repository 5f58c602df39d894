package dev.pgrunbook.language;

import java.util.ArrayList;
import java.util.List;

/**
 * A mapping of a runbook file with the keys that may stand in it.
 *
 * @param subject what it is, as a sentence names it: {@code a link}, {@code "retry"}
 * @param keys in the order in which people are told of them
 */
public record Place(String subject, List<Key> keys) {

  public Place {
    keys = List.copyOf(keys);
  }

  static Place of(String subject, Key... keys) {
    return new Place(subject, List.of(keys));
  }

  /** Returns the names of all keys, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    keys.forEach(key -> names.add(key.name()));
    return names;
  }
}
