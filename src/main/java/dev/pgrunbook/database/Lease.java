package dev.pgrunbook.database;

import java.util.function.Consumer;

/** A connection borrowed for one session. */
final class Lease {

  private final Backend backend;
  private final Consumer<Boolean> ending;
  private boolean ended;

  /**
   * Makes a lease.
   *
   * @param ending takes the connection back, and is told whether it is broken
   */
  Lease(Backend backend, Consumer<Boolean> ending) {
    this.backend = backend;
    this.ending = ending;
  }

  Backend backend() {
    return backend;
  }

  /** Gives the connection back, once. */
  void end(boolean broken) {
    if (!ended) {
      ended = true;
      ending.accept(broken || backend.isClosed());
    }
  }
}
