package dev.pgrunbook.database;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the one connection that most runs need, without a pool.
 *
 * <p>A pool's start costs 35 to 50 ms. A second session at the same time gets a further connection,
 * which is closed when it comes back.
 */
final class DirectConnections implements Connections {

  private final Connector connector;
  private final Set<Integer> held = ConcurrentHashMap.newKeySet();
  private @Nullable Backend idle;
  private boolean closed;

  DirectConnections(Connector connector) {
    this.connector = connector;
  }

  @Override
  public Lease borrow() {
    Backend kept = takeIdle();
    Backend backend = kept == null ? new Backend(connector.connect()) : kept;
    held.add(backend.pid());
    return new Lease(backend, broken -> giveBack(backend, broken));
  }

  @Override
  public boolean holds(int pid) {
    return held.contains(pid);
  }

  private synchronized @Nullable Backend takeIdle() {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    Backend kept = idle;
    idle = null;
    return kept;
  }

  private void giveBack(Backend backend, boolean broken) {
    boolean keep;
    synchronized (this) {
      keep = !broken && !closed && idle == null;
      if (keep) {
        idle = backend;
      }
    }
    if (!keep) {
      held.remove(backend.pid());
      closeQuietly(backend);
    }
  }

  @Override
  public void close() {
    Backend kept;
    synchronized (this) {
      closed = true;
      kept = idle;
      idle = null;
    }
    if (kept != null) {
      closeQuietly(kept);
    }
  }

  static void closeQuietly(Backend backend) {
    try {
      backend.connection().close();
    } catch (SQLException alreadyBroken) {
      // Nobody can do anything about a connection that does not even close.
      return;
    }
  }
}
