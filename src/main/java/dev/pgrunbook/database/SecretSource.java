package dev.pgrunbook.database;

import dev.pgrunbook.value.Value.SecretValue;

/** Where a password comes from; looked up each time a connection is made, never kept. */
@FunctionalInterface
public interface SecretSource {

  /**
   * Returns the secret.
   *
   * @throws SecretUnavailable when it cannot be had; the message never holds the secret
   */
  SecretValue read() throws SecretUnavailable;

  /** Returns a source that always gives the same secret. */
  static SecretSource of(SecretValue secret) {
    return () -> secret;
  }
}
