package dev.pgrunbook.database;

import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.SecretValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a session is set up for one step.
 *
 * @param applicationName how the server's views name the session
 * @param statementTimeout the server's {@code statement_timeout}; null leaves the server's own
 * @param lockTimeout the server's {@code lock_timeout}; null leaves the server's own
 * @param idleInTransactionTimeout after which the server ends a session that holds a transaction
 *     open and says nothing, so that a runner that lost power frees its locks
 * @param variables set as {@code pgrunbook.NAME}, for function bodies that no parameter reaches
 * @param secrets texts to mask in everything the server says, beside the secrets that are bound
 */
public record SessionSettings(
    ApplicationName applicationName,
    @Nullable Duration statementTimeout,
    @Nullable Duration lockTimeout,
    Duration idleInTransactionTimeout,
    Map<String, Value> variables,
    List<SecretValue> secrets) {

  /** Long enough for a person to look at a prompt, short enough for others to wait. */
  public static final Duration IDLE_IN_TRANSACTION = Duration.ofMinutes(5);

  public SessionSettings {
    Objects.requireNonNull(applicationName);
    Objects.requireNonNull(idleInTransactionTimeout);
    variables = new LinkedHashMap<>(variables);
    secrets = List.copyOf(secrets);
  }

  /** Returns settings of a name alone. */
  public static SessionSettings of(ApplicationName name) {
    return new SessionSettings(name, null, null, IDLE_IN_TRANSACTION, Map.of(), List.of());
  }

  /** Returns the same settings with timeouts; null leaves the server's own. */
  public SessionSettings withTimeouts(@Nullable Duration statement, @Nullable Duration lock) {
    return new SessionSettings(
        applicationName, statement, lock, idleInTransactionTimeout, variables, secrets);
  }

  /** Returns the same settings with variables. */
  public SessionSettings withVariables(Map<String, Value> values) {
    return new SessionSettings(
        applicationName, statementTimeout, lockTimeout, idleInTransactionTimeout, values, secrets);
  }

  /** Returns the same settings with secrets to mask. */
  public SessionSettings withSecrets(List<SecretValue> texts) {
    return new SessionSettings(
        applicationName, statementTimeout, lockTimeout, idleInTransactionTimeout, variables, texts);
  }
}
