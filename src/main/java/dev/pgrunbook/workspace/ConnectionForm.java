package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the ways apart in which a connection is written out instead of named. */
final class ConnectionForm {

  static final String SERVICE = "service=";
  static final String FORMS =
      "a connection is a name from pgrunbook.yaml, postgresql://USER@HOST:PORT/DATABASE,"
          + " jdbc:postgresql://HOST:PORT/DATABASE, or service=NAME";

  private ConnectionForm() {}

  /** Returns whether a text can be the name of a connection. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_./".indexOf(c) >= 0);
  }

  /** Returns whether a text means a connection that is written out, well or not. */
  static boolean isWrittenOut(String text) {
    return ConnectionUri.isOne(text) || text.startsWith(JdbcUrl.PREFIX) || text.startsWith(SERVICE);
  }

  /** Reads a connection that is written out; no diagnostic holds its text. */
  static Validated<Connection> read(String text) {
    if (ConnectionUri.isOne(text)) {
      return new ConnectionUri(text).read();
    } else if (text.startsWith(JdbcUrl.PREFIX)) {
      return new JdbcUrl(text).read();
    } else if (text.startsWith(SERVICE)) {
      return service(text);
    }
    return mistake("this is no connection to PostgreSQL", FORMS);
  }

  private static Validated<Connection> service(String text) {
    String service = text.substring(SERVICE.length());
    if (service.isEmpty() || service.chars().anyMatch(c -> c <= ' ' || c == '=')) {
      return mistake("service= takes one name of pg_service.conf and nothing else", FORMS);
    }
    Parameters parameters = new Parameters();
    parameters.put("service", service);
    return Validated.of(Connection.of(text, parameters));
  }

  /** Returns the connection unless something is wrong with its address or its parameters. */
  static Validated<Connection> validated(
      String name, Parameters parameters, List<Diagnostic> mistakes) {
    List<Diagnostic> all = new ArrayList<>(mistakes);
    String port = parameters.get("host") == null ? null : parameters.get("port");
    all.addAll(HostList.of(parameters.get("host"), port).diagnostics());
    return Validated.of(Connection.of(name, parameters), all);
  }

  /** Returns whether an unknown word after the ? may be a piece of a badly encoded password. */
  static boolean mayHoldPassword(String text) {
    int query = text.indexOf('?');
    return text.indexOf('@', query) >= 0
        || text.indexOf("?password=") >= 0
        || text.indexOf("&password=", query) >= 0;
  }

  static <T> Validated<T> mistake(String message, @Nullable String hint) {
    return Validated.error(Diagnostic.error("connection-form", null, message).withHint(hint));
  }
}
