package dev.pgrunbook.demo;

/** Where a cluster listens and who may connect. Its text never shows the password. */
public record ServerAddress(String host, int port, String user, String password) {

  /** A libpq URI with the password in it. */
  public String uri(String database) {
    return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + database;
  }

  /** A JDBC URL without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** A libpq keyword string, as subscriptions take it. */
  public String dsn(String database) {
    return "host=%s port=%d dbname=%s user=%s password=%s"
        .formatted(host, port, database, user, password);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port;
  }
}
