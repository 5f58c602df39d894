package dev.pgrunbook.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a parameter.
 *
 * @param base what one value is
 * @param list whether it holds a list of them
 */
public record ParameterType(Base base, boolean list) {

  /** What one value of a parameter is, with the PostgreSQL type it is bound as. */
  public enum Base {
    TEXT("text"),
    INTEGER("int8"),
    NUMBER("numeric"),
    BOOLEAN("boolean"),
    /** A calendar date, ISO 8601. */
    DATE("date"),
    /** A point in time; without an offset it is read in the session's time zone. */
    TIMESTAMP("timestamptz"),
    INTERVAL("interval"),
    /** A name of a column, role and so on, unquoted: exactly as the catalog holds it. */
    IDENTIFIER("text"),
    /** A table's name as written in SQL, quoted where it must be, with or without its schema. */
    TABLE("text"),
    JSON("jsonb"),
    /** A text that is never shown. */
    SECRET("text");

    private final String postgresType;

    Base(String postgresType) {
      this.postgresType = postgresType;
    }

    /** Returns the word that files use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ParameterType {
    Objects.requireNonNull(base);
  }

  /** Returns the type of a word such as {@code table[]}, or null. */
  public static @Nullable ParameterType of(String word) {
    boolean list = word.endsWith("[]");
    String base = list ? word.substring(0, word.length() - 2) : word;
    for (Base candidate : Base.values()) {
      if (candidate.word().equals(base)) {
        return new ParameterType(candidate, list);
      }
    }
    return null;
  }

  /** Returns every word that names a type of one value. */
  public static List<String> words() {
    return Arrays.stream(Base.values()).map(Base::word).toList();
  }

  /** Returns the word that files use, such as {@code table[]}. */
  public String word() {
    return list ? base.word() + "[]" : base.word();
  }

  /** Returns the PostgreSQL type a value is bound as. */
  public String postgresType() {
    return list ? base.postgresType + "[]" : base.postgresType;
  }

  /** Returns the type of one item of a list. */
  public ParameterType item() {
    return new ParameterType(base, false);
  }
}
