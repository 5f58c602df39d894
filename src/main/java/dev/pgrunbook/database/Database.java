package dev.pgrunbook.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One database of a run: its sessions, and what can be asked about its server.
 *
 * <p>Nothing is connected before it is needed. Safe for several threads; a session is for one.
 */
public final class Database implements AutoCloseable {

  private final DatabaseSettings settings;
  private final Connections connections;
  private final Observer observer;

  private Database(DatabaseSettings settings, Connections connections, Observer observer) {
    this.settings = settings;
    this.connections = connections;
    this.observer = observer;
  }

  /**
   * Returns a database.
   *
   * @param poolSize how many sessions work side by side; one costs no pool
   */
  public static Database open(DatabaseSettings settings, int poolSize) {
    Connector connector = new Connector(settings, Duration.ZERO);
    Connections connections =
        poolSize > 1
            ? new PooledConnections(connector, poolSize)
            : new DirectConnections(connector);
    return new Database(settings, connections, new Observer(connector));
  }

  /**
   * Returns a database that is asked nothing that takes long.
   *
   * @param answerWithin after which a connection counts as lost while an answer is waited for
   */
  public static Database openQuick(DatabaseSettings settings, Duration answerWithin) {
    Connector connector = new Connector(settings, answerWithin);
    return new Database(settings, new DirectConnections(connector), new Observer(connector));
  }

  /** Returns the settings it was opened with. */
  public DatabaseSettings settings() {
    return settings;
  }

  /**
   * Returns a clean session that may write.
   *
   * @throws CannotConnect when there is no connection
   */
  public Session session(SessionSettings session) {
    SecretMask mask = mask(session);
    Lease lease = lease(session, mask, true);
    return new ServerSession(lease, mask);
  }

  /**
   * Returns a clean session that cannot write.
   *
   * @throws CannotConnect when there is no connection
   */
  public ReadOnlySession readOnlySession(SessionSettings session) {
    SecretMask mask = mask(session);
    return new ServerReadOnlySession(lease(session, mask, false), mask);
  }

  /**
   * Returns a clean session that cannot write, with the moment that its queries see.
   *
   * @throws CannotConnect when there is no connection
   */
  public Snapshot snapshot(SessionSettings session) {
    SecretMask mask = mask(session);
    return ServerSnapshot.begin(lease(session, mask, false), mask);
  }

  private static SecretMask mask(SessionSettings session) {
    SecretMask mask = new SecretMask();
    session.secrets().forEach(mask::add);
    session.variables().values().forEach(mask::add);
    return mask;
  }

  /** A kept connection that broke while idle is replaced; nothing ran on it that could be lost. */
  private Lease lease(SessionSettings session, SecretMask mask, boolean writes) {
    while (true) {
      Lease lease = connections.borrow();
      boolean kept = lease.backend().isUsed();
      try {
        SessionSetup.apply(lease.backend(), session, mask);
        if (writes) {
          lease.backend().learnFacts();
        }
        return lease;
      } catch (SQLException failure) {
        lease.end(true);
        if (!kept || !FailureReader.isLost(failure)) {
          throw new FailureReader(mask).read(failure, null);
        }
      }
    }
  }

  /** Returns which server, cluster and database this is. */
  public ServerIdentity identity() {
    return observer.identity();
  }

  /**
   * Returns where recovery would begin; null when the role may not read it. After a crash that is
   * where the WAL that was left ends, or behind it.
   */
  public @Nullable WalPosition checkpoint() {
    return observer.checkpoint();
  }

  /**
   * Returns the version of the server as people write it. The connection is kept for a session.
   *
   * @throws CannotConnect when there is no connection
   */
  public String serverVersion() {
    Lease lease = connections.borrow();
    try {
      return lease.backend().serverVersion();
    } finally {
      lease.end(false);
    }
  }

  /** Returns what became of a transaction of this cluster. */
  public TransactionStatus transactionStatus(String xid) {
    return observer.transactionStatus(xid);
  }

  /** Returns who keeps a server process waiting for a lock, the longest transaction first. */
  public List<Blocker> blockers(int pid) {
    return observer.blockers(pid);
  }

  /** Returns how far the server says that a process is with its statement, or null. */
  public @Nullable StatementProgress progress(int pid) {
    return observer.progress(pid);
  }

  /**
   * Returns the live sessions whose application name begins so, on every database of the server.
   *
   * @param namePrefix a whole name, or {@link ApplicationName#ofRun}
   */
  public List<BackendInfo> backends(String namePrefix) {
    return observer.backends(namePrefix);
  }

  /** Returns whether a server process is that of a connection which is at hand here, and lives. */
  public boolean holds(int pid) {
    return connections.holds(pid);
  }

  /** Cancels what a server process is running; false when there is no such process. */
  public boolean cancel(int pid) {
    return observer.signal("pg_cancel_backend", pid);
  }

  /** Ends a server process; false when there is no such process. */
  public boolean terminate(int pid) {
    return observer.signal("pg_terminate_backend", pid);
  }

  /** Closes every connection. */
  @Override
  public void close() {
    connections.close();
    observer.close();
  }

  @Override
  public String toString() {
    return "Database[" + settings.name() + ", " + settings.display() + "]";
  }
}
