package dev.pgrunbook.sql;

/** Gives placeholders their values. */
public interface Bindings {

  /**
   * Returns the value that goes where a placeholder stands, its {@link Placeholder#path} followed.
   *
   * <p>For {@link Placeholder.Form#IDENTIFIER} the type {@code regclass} says that the value is a
   * relation's name as SQL spells it, perhaps with its schema; the name of any other type becomes
   * one quoted identifier. A list becomes a list of identifiers.
   */
  BoundValue value(Placeholder placeholder);
}
