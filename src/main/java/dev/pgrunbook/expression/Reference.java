package dev.pgrunbook.expression;

import java.util.List;

/**
 * A name that an expression uses.
 *
 * @param name the name itself
 * @param path the members taken of it: {@code [b, c]} in {@code a.b.c} and in {@code a['b'].c}
 */
public record Reference(String name, List<String> path) {

  public Reference {
    path = List.copyOf(path);
  }

  /** Returns {@code a.b.c}. */
  public String text() {
    return path.isEmpty() ? name : name + "." + String.join(".", path);
  }
}
