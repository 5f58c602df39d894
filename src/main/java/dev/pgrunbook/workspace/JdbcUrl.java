package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the driver's own URLs: {@code jdbc:postgresql://host:port/database?property=value}.
 *
 * <p>What it says about hosts counts as the driver reads it: a missing host is this machine and a
 * missing port 5432, whatever libpq's variables say.
 */
final class JdbcUrl {

  static final String PREFIX = "jdbc:postgresql:";

  /** A part without = may be the rest of a password, so it is not told. */
  private static final Diagnostic UNASSIGNED =
      Diagnostic.error(
              "connection-form", null, "each property after the ? of a JDBC URL is name=value")
          .withHint("join them with &, and write & inside a value as %26");

  /** Beside a password an unknown word may be a piece of it. */
  private static final Diagnostic UNKNOWN =
      Diagnostic.error(
              "connection-form", null, "something beside the password of a JDBC URL is wrong")
          .withHint("inside a value write & as %26, and look at the other properties");

  private final String text;
  private final Parameters parameters = new Parameters();
  private final List<Diagnostic> mistakes = new ArrayList<>();
  private final StringBuilder name = new StringBuilder();

  JdbcUrl(String text) {
    this.text = text;
  }

  Validated<Connection> read() {
    int query = text.indexOf('?');
    String address = query < 0 ? text : text.substring(0, query);
    name.append(address);
    if (address.indexOf('@') >= 0) {
      return ConnectionForm.mistake(
          "a JDBC URL has no place for user and password before the host",
          "write jdbc:postgresql://HOST:PORT/DATABASE?user=USER, or a postgresql:// URI");
    }
    try {
      readAddress(address.substring(PREFIX.length()));
      if (query >= 0) {
        readQuery(text.substring(query + 1));
      }
    } catch (IllegalArgumentException badEncoding) {
      return ConnectionForm.mistake(
          "a % in the JDBC URL is not followed by two hexadecimal digits", "write % as %25");
    }
    return ConnectionForm.validated(name.toString(), parameters, mistakes);
  }

  private void readAddress(String address) {
    String database = address;
    List<String> hosts = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    if (address.startsWith("//")) {
      int slash = address.indexOf('/', 2);
      String authority = address.substring(2, slash < 0 ? address.length() : slash);
      database = slash < 0 ? "" : address.substring(slash + 1);
      for (String one : authority.split(",", -1)) {
        int colon = one.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon > one.indexOf(']');
        String host = hasPort ? one.substring(0, colon) : one;
        hosts.add(host.isEmpty() ? HostList.LOCAL : host.replace("[", "").replace("]", ""));
        ports.add(hasPort ? one.substring(colon + 1) : "5432");
      }
    } else if (database.startsWith("/")) {
      database = database.substring(1);
    }
    parameters.put("host", hosts.isEmpty() ? HostList.LOCAL : String.join(",", hosts));
    parameters.put("port", ports.isEmpty() ? "5432" : String.join(",", ports));
    if (!database.isEmpty()) {
      parameters.put("dbname", decoded(database));
    }
  }

  private void readQuery(String query) {
    char separator = '?';
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String property = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (equals < 0 && !property.equals("ssl")) {
        mistakes.add(UNASSIGNED);
        continue;
      }
      Diagnostic mistake = DriverProperties.take(property, value, parameters, false);
      if (mistake != null) {
        mistakes.add(ConnectionForm.mayHoldPassword(text) ? UNKNOWN : mistake);
      }
      if (!property.equals("password")) {
        name.append(separator).append(pair);
        separator = '&';
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
