package dev.pgrunbook.sql;

import java.util.List;
import java.util.Objects;

/**
 * A place in a template where a value goes.
 *
 * @param name the parameter's or variable's name
 * @param path the fields to follow from there: {@code :row.field} has {@code ["field"]}
 * @param form how the value is put there
 * @param start offset of the colon in the template's text, which is also its offset in the {@code
 *     SourceText} that was parsed
 * @param end offset after the last character, likewise
 */
public record Placeholder(String name, List<String> path, Form form, int start, int end) {

  /** How a value is put in place. */
  public enum Form {
    /** {@code :name}, a parameter of the statement. */
    BOUND,
    /** {@code :'name'}, a quoted literal. */
    LITERAL,
    /** {@code :"name"}, a quoted identifier. */
    IDENTIFIER
  }

  public Placeholder {
    Objects.requireNonNull(name);
    Objects.requireNonNull(form);
    path = List.copyOf(path);
  }
}
