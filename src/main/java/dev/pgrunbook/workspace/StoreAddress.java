package dev.pgrunbook.workspace;

import dev.pgrunbook.database.DatabaseSettings;
import java.nio.file.Path;

/** Where runs are kept. */
public sealed interface StoreAddress {

  /**
   * A directory of this machine.
   *
   * @param path absolute
   */
  record Directory(Path path) implements StoreAddress {}

  /** A PostgreSQL database, shared by whoever reaches it. */
  record Server(DatabaseSettings settings) implements StoreAddress {}
}
