package dev.pgrunbook.engine;

import dev.pgrunbook.database.Database;
import dev.pgrunbook.model.RunbookDigest;

/**
 * The database that plays a role in a run.
 *
 * @param role the role
 * @param connection the connection's name, or its URI without a password
 * @param isProtected whether its name must be typed before the first write
 * @param database the database
 */
public record TargetDatabase(
    String role, String connection, boolean isProtected, Database database) {

  /** Returns what an approval to write to it is bound to. */
  public String digest() {
    return RunbookDigest.sha256("protected " + connection);
  }
}
