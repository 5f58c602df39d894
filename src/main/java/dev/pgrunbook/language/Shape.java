package dev.pgrunbook.language;

import java.util.List;

/**
 * What a value looks like, as far as that can be told without the rest of the file.
 *
 * <p>Scalars are read as written, so {@code 1.0} and {@code true} are texts, too, wherever a text
 * is asked for.
 */
public sealed interface Shape {

  /** Any scalar but null. */
  record Text() implements Shape {}

  /** A text that begins with one of some beginnings. */
  record Beginning(List<String> beginnings) implements Shape {}

  /** A text with expressions in it. */
  record Template() implements Shape {}

  /** An expression. */
  record Formula() implements Shape {}

  /** SQL, or the file that it is in. */
  record Sql() implements Shape {}

  /** A number with its unit, or several. */
  record Time() implements Shape {}

  /** True or false. */
  record Flag() implements Shape {}

  /** One of some words. */
  record Choice(List<String> words) implements Shape {
    public Choice {
      words = List.copyOf(words);
    }
  }

  /** A whole number, limits included. */
  record Whole(int least, int most) implements Shape {}

  /** Any number, limits included. */
  record Quantity(int least, int most) implements Shape {}

  /** A parameter's type. */
  record TypeWord() implements Shape {}

  /** A name of some form. */
  record Name(Form form) implements Shape {}

  /** A role that the file declares. */
  record Role() implements Shape {}

  /** Anything; null, too. */
  record Anything() implements Shape {}

  /** A mapping with keys of its own. */
  record Mapping(Place place) implements Shape {}

  /** A mapping from names of the file's own. */
  record Entries(Form names, Shape values, boolean nonEmpty) implements Shape {}

  /** A list. */
  record Items(Shape item, boolean nonEmpty) implements Shape {}

  /** A list of steps. */
  record Steps(boolean nonEmpty) implements Shape {}

  /**
   * A name with the list that it goes through: another name, or values; and the keys of {@link
   * Vocabulary#FOR_EACH}.
   */
  record Loop() implements Shape {}

  /** One of several shapes. */
  record Either(List<Shape> shapes) implements Shape {}

  /** A shape, or null. */
  record OrNothing(Shape shape) implements Shape {}

  /**
   * How a name is spelled.
   *
   * <p>The loader looks closer; what it accepts fits these patterns, and the other way round.
   */
  enum Form {
    RUNBOOK("^[a-z0-9]([a-z0-9-]*[a-z0-9])?(/[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"),
    STEP("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"),
    TARGET("^[a-z0-9]([a-z0-9_-]*[a-z0-9])?$"),
    VARIABLE("^(?!(?:true|false|null|in)$)[a-z_][a-zA-Z0-9_]*$");

    private final String pattern;

    Form(String pattern) {
      this.pattern = pattern;
    }

    /** Returns a regular expression that JavaScript and Java read alike. */
    public String pattern() {
      return pattern;
    }
  }
}
