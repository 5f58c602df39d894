package dev.pgrunbook.database;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one database.
 *
 * @param name what people call the connection
 * @param url a {@code jdbc:postgresql:} URL of hosts, ports and database, without query part
 * @param user the role to connect as
 * @param database the database's name
 * @param properties further properties of pgjdbc; never a password
 * @param password where the password comes from; null when none is known
 * @param isProtected whether the connection's name must be typed before the first write
 * @param expect what must be found there
 */
public record DatabaseSettings(
    String name,
    String url,
    String user,
    String database,
    Map<String, String> properties,
    @Nullable SecretSource password,
    boolean isProtected,
    Expectation expect) {

  public DatabaseSettings {
    Objects.requireNonNull(name);
    Objects.requireNonNull(url);
    Objects.requireNonNull(user);
    Objects.requireNonNull(database);
    Objects.requireNonNull(expect);
    properties = Map.copyOf(properties);
    if (!url.startsWith(URL_PREFIX) || url.indexOf('?') >= 0) {
      throw new IllegalArgumentException("not a plain PostgreSQL JDBC URL");
    }
    if (properties.containsKey("password") || properties.containsKey("user")) {
      throw new IllegalArgumentException("user and password have their own places");
    }
  }

  /** How every URL begins. */
  public static final String URL_PREFIX = "jdbc:postgresql://";

  /**
   * What a connection must find, so that a wrong address does no harm.
   *
   * @param database the name {@code current_database()} must give; null for any
   * @param systemIdentifier the cluster's identifier; null for any
   */
  public record Expectation(@Nullable String database, @Nullable String systemIdentifier) {

    /** Returns an expectation that everything meets. */
    public static Expectation nothing() {
      return new Expectation(null, null);
    }
  }

  /** Returns {@code host:port/database as user}, for people. */
  public String display() {
    return hosts() + "/" + database + " as " + user;
  }

  /** Returns {@code host:port}, several with commas. */
  public String hosts() {
    int slash = url.indexOf('/', URL_PREFIX.length());
    return url.substring(URL_PREFIX.length(), slash < 0 ? url.length() : slash);
  }

  /** Properties' values may be confidential; their names are not. */
  @Override
  public String toString() {
    return "DatabaseSettings["
        + name
        + ", "
        + display()
        + ", properties "
        + new TreeMap<>(properties).keySet()
        + (isProtected ? ", protected" : "")
        + "]";
  }
}
