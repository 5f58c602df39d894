package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Spelling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What libpq's connection keywords mean here, and which values they take. */
final class Keywords {

  /** The value of {@code sslrootcert} that stands for the certificates the system trusts. */
  static final String SYSTEM_CERTIFICATES = "system";

  static final List<String> TAKEN =
      List.of(
          "host",
          "port",
          "dbname",
          "user",
          "password",
          "passfile",
          "service",
          "options",
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslnegotiation",
          "connect_timeout",
          "target_session_attrs",
          "load_balance_hosts",
          "channel_binding",
          "require_auth",
          "gssencmode");

  /** What the program decides itself, or what cannot make a difference to it. */
  private static final List<String> IGNORED =
      List.of(
          "application_name",
          "fallback_application_name",
          "client_encoding",
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "tcp_user_timeout",
          "sslcompression",
          "sslsni");

  private static final List<String> SSL_MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
  private static final List<String> WILLINGNESS = List.of("disable", "prefer", "require");
  private static final List<String> SESSIONS =
      List.of("any", "read-write", "read-only", "primary", "standby", "prefer-standby");

  private Keywords() {}

  static boolean isIgnored(String keyword) {
    return IGNORED.contains(keyword);
  }

  /** Returns why a keyword with its value is not accepted, or null. The value is never told. */
  static @Nullable Diagnostic mistake(String keyword, String value) {
    if (isIgnored(keyword)) {
      return null;
    }
    if (!TAKEN.contains(keyword)) {
      return unknown(keyword);
    }
    List<String> choices = choices(keyword);
    if (choices != null && !choices.contains(value)) {
      String message = keyword + " must be one of " + String.join(", ", choices);
      return Diagnostic.error("choice", null, message)
          .withHint(Spelling.didYouMean(value, choices));
    }
    if (keyword.equals("connect_timeout") && !value.isEmpty() && !isInteger(value)) {
      String message = "connect_timeout must be a whole number of seconds";
      return Diagnostic.error("wrong-type", null, message);
    }
    return null;
  }

  private static Diagnostic unknown(String keyword) {
    String reason = refusal(keyword);
    if (reason != null) {
      return Diagnostic.error(
          "connection-parameter", null, keyword + " is not accepted: " + reason);
    }
    String meant = Spelling.didYouMean(keyword, TAKEN);
    String allowed = "these are known: " + String.join(", ", TAKEN);
    return Diagnostic.error(
            "connection-parameter", null, "there is no connection parameter \"" + keyword + "\"")
        .withHint(meant == null ? allowed : meant);
  }

  /** Returns why one of libpq's keywords is refused, or null for a word that libpq lacks too. */
  private static @Nullable String refusal(String keyword) {
    return switch (keyword) {
      case "hostaddr" -> "write the address as the host";
      case "sslpassword" ->
          "a passphrase of a key belongs into the key's own storage; use a key without one";
      case "sslcrl", "sslcrldir" -> "the JDBC driver checks no revocation lists";
      case "ssl_min_protocol_version", "ssl_max_protocol_version" ->
          "set jdk.tls.client.protocols in JAVA_TOOL_OPTIONS instead";
      case "sslcertmode", "requirepeer", "gssdelegation", "gsslib", "krbsrvname" ->
          "the JDBC driver has nothing that corresponds to it";
      case "replication" -> "a runbook needs an ordinary session";
      default -> null;
    };
  }

  private static @Nullable List<String> choices(String keyword) {
    return switch (keyword) {
      case "sslmode" -> SSL_MODES;
      case "channel_binding", "gssencmode" -> WILLINGNESS;
      case "target_session_attrs" -> SESSIONS;
      case "load_balance_hosts" -> List.of("disable", "random");
      case "sslnegotiation" -> List.of("postgres", "direct");
      default -> null;
    };
  }

  static boolean isInteger(String text) {
    try {
      Integer.parseInt(text.trim());
      return true;
    } catch (NumberFormatException notAnInteger) {
      return false;
    }
  }
}
