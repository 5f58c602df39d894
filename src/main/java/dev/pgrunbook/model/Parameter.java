package dev.pgrunbook.model;

import dev.pgrunbook.value.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that has to be said before a runbook runs.
 *
 * @param name how SQL and expressions call it
 * @param type what it holds
 * @param required whether a run must be given it
 * @param defaultValue what it is when not given; null means SQL null
 * @param choices the only values allowed; empty when any is
 * @param pattern a regular expression (RE2) that the whole text must match, or null
 * @param minimum the least value allowed, or null
 * @param maximum the greatest value allowed, or null
 * @param description for people, or null
 * @param example for people, or null
 */
public record Parameter(
    String name,
    ParameterType type,
    boolean required,
    @Nullable Value defaultValue,
    List<Value> choices,
    @Nullable String pattern,
    @Nullable Value minimum,
    @Nullable Value maximum,
    @Nullable String description,
    @Nullable Value example) {

  public Parameter {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    choices = List.copyOf(choices);
  }
}
