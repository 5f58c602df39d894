package dev.pgrunbook.workspace;

import dev.pgrunbook.database.DatabaseSettings.Expectation;
import dev.pgrunbook.database.SecretSource;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said about a connection, before libpq's files, variables and defaults fill the
 * gaps.
 *
 * @param name what finds it again, without any password
 * @param parameters what was said, by libpq's keywords; not to be changed
 * @param password where the password comes from; null when nothing was said about it
 * @param isProtected whether its name must be typed before the first write
 * @param expect what must be found there
 */
record Connection(
    String name,
    Parameters parameters,
    @Nullable SecretSource password,
    boolean isProtected,
    Expectation expect) {

  /** Returns a connection that is nothing but parameters, and perhaps a password among them. */
  static Connection of(String name, Parameters parameters) {
    SecretSource password =
        parameters.password() == null ? null : SecretSource.of(parameters.password());
    return new Connection(name, parameters, password, false, Expectation.nothing());
  }
}
