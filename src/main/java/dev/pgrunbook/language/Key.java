package dev.pgrunbook.language;

import java.util.Objects;

/**
 * A key of a place.
 *
 * @param name as it is written
 * @param shape what its value looks like
 * @param required whether the place needs it
 * @param meaning what it is for, for people who write a file: sentences, or half of one
 */
public record Key(String name, Shape shape, boolean required, String meaning) {

  public Key {
    Objects.requireNonNull(name);
    Objects.requireNonNull(shape);
    Objects.requireNonNull(meaning);
  }

  static Key optional(String name, Shape shape, String meaning) {
    return new Key(name, shape, false, meaning);
  }

  static Key required(String name, Shape shape, String meaning) {
    return new Key(name, shape, true, meaning);
  }

  /** Returns the same key where it cannot be left out. */
  Key asRequired() {
    return new Key(name, shape, true, meaning);
  }
}
