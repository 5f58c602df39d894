package dev.pgrunbook.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/** A HikariCP pool, for runs whose steps work side by side; made with the first session. */
final class PooledConnections implements Connections {

  /**
   * Milliseconds to wait for a free connection. HikariCP tries again by itself until then; whoever
   * asks wants to know sooner that a server is away, and to be stopped by Ctrl-C.
   */
  private static final long BORROW_TIMEOUT = 5_000;

  private final ConnectorSource source;
  private final int size;
  private final Map<PgConnection, Backend> backends = new ConcurrentHashMap<>();
  private @Nullable HikariDataSource pool;
  private boolean closed;

  PooledConnections(Connector connector, int size) {
    this.source = new ConnectorSource(connector);
    this.size = size;
  }

  @Override
  public Lease borrow() {
    HikariDataSource started = pool();
    try {
      Connection proxy = started.getConnection();
      PgConnection connection = proxy.unwrap(PgConnection.class);
      Backend backend = backends.computeIfAbsent(connection, Backend::new);
      return new Lease(backend, broken -> giveBack(started, proxy, connection, broken));
    } catch (SQLException failure) {
      throw source.explain(failure);
    }
  }

  @Override
  public boolean holds(int pid) {
    return backends.values().stream().anyMatch(backend -> backend.pid() == pid);
  }

  private void giveBack(
      HikariDataSource started, Connection proxy, PgConnection connection, boolean broken) {
    try {
      if (broken) {
        backends.remove(connection);
        started.evictConnection(proxy);
      } else {
        proxy.close();
      }
    } catch (SQLException alreadyBroken) {
      backends.remove(connection);
    }
  }

  private synchronized HikariDataSource pool() {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    HikariDataSource started = pool;
    if (started == null) {
      started = start();
      pool = started;
    }
    return started;
  }

  private HikariDataSource start() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("pgrunbook");
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setIdleTimeout(0);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(BORROW_TIMEOUT);
    config.setValidationTimeout(5_000);
    // Positive: the first connection is made at once, and its failure told at once.
    config.setInitializationFailTimeout(1);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException failure) {
      throw source.explain(failure);
    }
  }

  @Override
  public void close() {
    HikariDataSource started;
    synchronized (this) {
      closed = true;
      started = pool;
      pool = null;
    }
    if (started != null) {
      started.close();
    }
  }

  /** Hands connections to the pool, and remembers why the last one could not be made. */
  private static final class ConnectorSource extends PlainDataSource {

    private final Connector connector;
    private final AtomicReference<@Nullable CannotConnect> reason = new AtomicReference<>();

    ConnectorSource(Connector connector) {
      this.connector = connector;
    }

    @Override
    public Connection getConnection() throws SQLException {
      try {
        Connection made = connector.connect();
        reason.set(null);
        return made;
      } catch (CannotConnect failure) {
        reason.set(failure);
        throw new SQLException(failure.getMessage(), failure.sqlState(), failure);
      }
    }

    /** Returns the failure itself, without the pool's words around it. */
    DatabaseFailure explain(Exception failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof CannotConnect known) {
          return known;
        }
      }
      CannotConnect last = reason.get();
      return last != null
          ? last
          : new CannotConnect(
              CannotConnect.Reason.TIMEOUT,
              "no connection became free: " + Objects.toString(failure.getMessage(), "timeout"),
              null,
              null);
    }
  }
}
