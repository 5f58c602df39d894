package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Spelling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of pgjdbc that a connection may set, and what libpq's keywords become there.
 *
 * <p>Several properties make the driver load a class or write a file. A URL may come with a
 * runbook, a plan or a copied command line, so only the workspace's file may set those.
 */
final class DriverProperties {

  /** Properties that do nothing but tune or narrow a connection. */
  private static final List<String> HARMLESS =
      List.of(
          "targetServerType",
          "loadBalanceHosts",
          "hostRecheckSeconds",
          "loginTimeout",
          "cancelSignalTimeout",
          "sslResponseTimeout",
          "gssResponseTimeout",
          "currentSchema",
          "kerberosServerName",
          "tcpNoDelay",
          "receiveBufferSize",
          "sendBufferSize",
          "localSocketAddress",
          "scramMaxIterations",
          "assumeMinServerVersion");

  /** Properties that load classes or reach into the machine. */
  private static final List<String> TRUSTED =
      List.of(
          "socketFactory",
          "socketFactoryArg",
          "sslfactory",
          "sslfactoryarg",
          "sslhostnameverifier",
          "sslpasswordcallback",
          "pemKeyAlgorithm",
          "authenticationPluginClassName",
          "jaasApplicationName",
          "jaasLogin",
          "gsslib",
          "useSpnego",
          "sspiServiceClass",
          "gssUseDefaultCreds");

  private DriverProperties() {}

  /**
   * Takes one property, under libpq's keyword where there is one.
   *
   * @param trusted whether the workspace's file says so itself
   * @return what is wrong, or null
   */
  static @Nullable Diagnostic take(
      String property, String value, Parameters parameters, boolean trusted) {
    String keyword = keyword(property);
    if (keyword != null) {
      Diagnostic mistake = Keywords.mistake(keyword, value);
      if (mistake == null && !Keywords.isIgnored(keyword)) {
        parameters.put(keyword, value);
      }
      return mistake;
    }
    if (property.equals("ssl")) {
      if (value.isEmpty() || value.equals("true")) {
        parameters.put("sslmode", "require");
      }
      return null;
    }
    if (HARMLESS.contains(property) || trusted && TRUSTED.contains(property)) {
      parameters.putProperty(property, value);
      return null;
    }
    return refused(property, trusted);
  }

  /** Returns the keyword of libpq that says the same as a property, or null. */
  private static @Nullable String keyword(String property) {
    return switch (property) {
      case "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey", "options" -> property;
      case "sslNegotiation" -> "sslnegotiation";
      case "connectTimeout" -> "connect_timeout";
      case "channelBinding" -> "channel_binding";
      case "requireAuth" -> "require_auth";
      case "gssEncMode" -> "gssencmode";
      case "service" -> "service";
      case "ApplicationName" -> "application_name";
      case "tcpKeepAlive" -> "keepalives";
      default -> null;
    };
  }

  private static Diagnostic refused(String property, boolean trusted) {
    if (TRUSTED.contains(property)) {
      return Diagnostic.error(
              "connection-parameter",
              null,
              property + " is not accepted in a URL: it makes the driver load code")
          .withHint("give the connection a name in pgrunbook.yaml, with properties: there");
    }
    List<String> known = new ArrayList<>(HARMLESS);
    known.addAll(trusted ? TRUSTED : List.of("sslmode", "connectTimeout", "options", "user"));
    String meant = Spelling.didYouMean(property, known);
    return Diagnostic.error(
            "connection-parameter",
            null,
            "the driver's property \"" + property + "\" cannot be set here")
        .withHint(meant == null ? "these can: " + String.join(", ", known) : meant);
  }

  /**
   * Returns the driver's properties for a connection.
   *
   * @param defaultRootCertificate libpq's own file of trusted certificates, there or not
   */
  static Map<String, String> of(
      Parameters parameters, int hosts, @Nullable Path defaultRootCertificate) {
    Map<String, String> properties = new TreeMap<>();
    copy(parameters, "options", properties, "options");
    copy(parameters, "sslcert", properties, "sslcert");
    copy(parameters, "sslkey", properties, "sslkey");
    copy(parameters, "sslnegotiation", properties, "sslNegotiation");
    copy(parameters, "channel_binding", properties, "channelBinding");
    copy(parameters, "require_auth", properties, "requireAuth");
    copy(parameters, "gssencmode", properties, "gssEncMode");
    putTls(parameters, properties, defaultRootCertificate);
    putTimeout(parameters, properties, hosts);
    String session = parameters.nonEmpty("target_session_attrs");
    if (session != null) {
      properties.put("targetServerType", serverType(session));
    }
    if ("random".equals(parameters.get("load_balance_hosts"))) {
      properties.put("loadBalanceHosts", "true");
    }
    properties.putAll(parameters.properties());
    return properties;
  }

  private static void copy(
      Parameters parameters, String keyword, Map<String, String> properties, String property) {
    String value = parameters.nonEmpty(keyword);
    if (value != null) {
      properties.put(property, value);
    }
  }

  /** Where a file of trusted certificates exists, libpq's {@code require} checks against it. */
  private static void putTls(
      Parameters parameters, Map<String, String> properties, @Nullable Path defaultRoot) {
    String mode = parameters.nonEmpty("sslmode");
    String root = parameters.nonEmpty("sslrootcert");
    if (Keywords.SYSTEM_CERTIFICATES.equals(root)) {
      properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
      properties.put("sslmode", "verify-full");
      return;
    }
    Path file = root == null ? defaultRoot : Path.of(root);
    if (file != null && (root != null || Files.exists(file))) {
      properties.put("sslrootcert", file.toString());
    }
    if (mode != null) {
      boolean checks = mode.equals("require") && file != null && Files.exists(file);
      properties.put("sslmode", checks ? "verify-ca" : mode);
    }
  }

  /** The driver counts one host's timeout and the whole attempt's apart; zero is for ever. */
  private static void putTimeout(Parameters parameters, Map<String, String> properties, int hosts) {
    String written = parameters.nonEmpty("connect_timeout");
    if (written != null) {
      int seconds = Math.max(0, Integer.parseInt(written.trim()));
      properties.put("connectTimeout", String.valueOf(seconds));
      properties.put(
          "loginTimeout", String.valueOf((int) Math.min(86_400, (long) seconds * hosts)));
    }
  }

  /** The driver's primary is a server that takes writes, its secondary one that does not. */
  private static String serverType(String session) {
    return switch (session) {
      case "read-write", "primary" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> "any";
    };
  }
}
