package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads libpq's URIs as libpq does.
 *
 * <p>{@code postgresql://user:password@host1:port1,host2:port2/database?keyword=value}, every part
 * optional and percent-encoded. Text that may be a piece of a badly encoded password is never told.
 */
final class ConnectionUri {

  private static final String ENCODE =
      "in a user name or a password write @ as %40, : as %3A, / as %2F, ? as %3F, & as %26 and %"
          + " as %25";

  /** Ends the reading of a URI that makes no sense. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
    private final @Nullable String hint;

    Malformed(String message, @Nullable String hint) {
      super(message, null, false, false);
      this.hint = hint;
    }
  }

  private final String text;
  private final Parameters parameters = new Parameters();
  private final List<Diagnostic> mistakes = new ArrayList<>();
  private final StringBuilder name = new StringBuilder();

  ConnectionUri(String text) {
    this.text = text;
  }

  static boolean isOne(String text) {
    return text.startsWith("postgresql://") || text.startsWith("postgres://");
  }

  Validated<Connection> read() {
    int start = text.indexOf("://") + 3;
    name.append(text, 0, start);
    try {
      int hosts = readCredentials(start);
      int query = text.indexOf('?', hosts);
      int end = query < 0 ? text.length() : query;
      int slash = text.indexOf('/', hosts);
      int path = slash < 0 || slash > end ? end : slash;
      if (text.substring(hosts, end).indexOf('@') >= 0) {
        throw new Malformed("the URI has an @ too many", ENCODE);
      }
      readHosts(text.substring(hosts, path));
      if (path < end) {
        putUnlessEmpty("dbname", text.substring(path + 1, end));
      }
      name.append(text, hosts, end);
      readQuery(query < 0 ? "" : text.substring(query + 1));
    } catch (Malformed malformed) {
      return ConnectionForm.mistake(String.valueOf(malformed.getMessage()), malformed.hint);
    }
    return ConnectionForm.validated(name.toString(), parameters, mistakes);
  }

  /** Reads user and password, which an @ before the first slash ends; returns where hosts begin. */
  private int readCredentials(int start) throws Malformed {
    int at = text.indexOf('@', start);
    int slash = text.indexOf('/', start);
    if (at < 0 || slash >= 0 && slash < at) {
      return start;
    }
    String credentials = text.substring(start, at);
    int colon = credentials.indexOf(':');
    String user = colon < 0 ? credentials : credentials.substring(0, colon);
    putUnlessEmpty("user", user);
    if (colon >= 0) {
      putUnlessEmpty("password", credentials.substring(colon + 1));
    }
    if (!user.isEmpty()) {
      name.append(user).append('@');
    }
    return at + 1;
  }

  private void readHosts(String written) throws Malformed {
    List<String> hosts = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (String one : written.split(",", -1)) {
      int colon = one.indexOf(':');
      if (one.startsWith("[")) {
        int close = one.indexOf(']');
        if (close <= 1 || close + 1 < one.length() && one.charAt(close + 1) != ':') {
          throw new Malformed("the brackets of an IPv6 address are wrong", "write [::1]:5432");
        }
        hosts.add(one.substring(1, close));
        colon = one.indexOf(':', close);
      } else {
        hosts.add(colon < 0 ? one : one.substring(0, colon));
      }
      String port = colon < 0 ? "" : one.substring(colon + 1);
      if (!port.isEmpty() && !HostList.isPort(port)) {
        throw new Malformed("a port in the URI is no number from 1 to 65535", ENCODE);
      }
      ports.add(port);
    }
    putUnlessEmpty("host", String.join(",", hosts));
    putUnlessEmpty("port", String.join(",", ports));
  }

  private void readQuery(String query) throws Malformed {
    char separator = '?';
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
        throw new Malformed(
            "each parameter after the ? of a URI is written keyword=value",
            "join them with &, and write = inside a value as %3D");
      }
      String keyword = decoded(pair.substring(0, equals));
      take(keyword, decoded(pair.substring(equals + 1)));
      if (!keyword.equals("password")) {
        name.append(separator).append(pair);
        separator = '&';
      }
    }
  }

  private void take(String keyword, String value) throws Malformed {
    if (keyword.equals("ssl") && value.equals("true")) {
      parameters.put("sslmode", "require");
      return;
    }
    Diagnostic mistake = Keywords.mistake(keyword, value);
    if (mistake != null && ConnectionForm.mayHoldPassword(text)) {
      throw new Malformed("the URI has an @ or an & too many", ENCODE);
    } else if (mistake != null) {
      mistakes.add(mistake);
    } else if (!Keywords.isIgnored(keyword)) {
      parameters.put(keyword, value);
    }
  }

  private void putUnlessEmpty(String keyword, String encoded) throws Malformed {
    boolean isEmpty = encoded.chars().allMatch(c -> c == ',');
    if (!isEmpty) {
      parameters.put(keyword, decoded(encoded));
    }
  }

  /** A plus sign stands for itself, as in libpq. */
  private static String decoded(String encoded) throws Malformed {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length() * 4);
    for (int i = 0; i < encoded.length(); ) {
      if (encoded.charAt(i) == '%') {
        bytes.put(octet(encoded, i + 1));
        i += 3;
      } else {
        int next = encoded.offsetByCodePoints(i, 1);
        bytes.put(encoded.substring(i, next).getBytes(StandardCharsets.UTF_8));
        i = next;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new Malformed("what is percent-encoded in the URI is not UTF-8", null);
    }
  }

  private static byte octet(String encoded, int digits) throws Malformed {
    int high = digits < encoded.length() ? Character.digit(encoded.charAt(digits), 16) : -1;
    int low = digits + 1 < encoded.length() ? Character.digit(encoded.charAt(digits + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw new Malformed("a % in the URI is not followed by two hexadecimal digits", ENCODE);
    }
    if (high == 0 && low == 0) {
      throw new Malformed("the URI holds %00, which PostgreSQL's names cannot", null);
    }
    return (byte) (high * 16 + low);
  }
}
