package dev.pgrunbook.builtin;

import dev.pgrunbook.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;

/** Keeps every COPY into the subscriber's "Person" in the middle until it is released. */
final class CopyBrake implements AutoCloseable {

  /** About how many rows have been copied when the brake holds: an UPDATE reorders them. */
  static final double ROWS = 499;

  private final TestPostgres subscriber;
  private final Connection holder;

  CopyBrake(TestPostgres subscriber) throws SQLException {
    this.subscriber = subscriber;
    subscriber.execute(
        """
        CREATE FUNCTION brake() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_advisory_xact_lock_shared(42);
          RETURN NEW;
        END
        $$;
        CREATE TRIGGER brake BEFORE INSERT ON public."Person"
            FOR EACH ROW WHEN (NEW.id = 500) EXECUTE FUNCTION brake();
        -- The COPY is done by a replication worker, for which other triggers do not fire.
        ALTER TABLE public."Person" ENABLE ALWAYS TRIGGER brake;
        """);
    holder = subscriber.connect();
    run("SELECT pg_advisory_lock(42)");
  }

  /** Waits until a COPY stands still. */
  void awaitCopy() {
    String standing = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    await(() -> subscriber.queryLong(standing) == 1);
  }

  /** Waits for something that is sure to come, a minute at most. */
  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come within a minute");
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException interruption) {
        throw new AssertionError(interruption);
      }
    }
  }

  /** Lets the COPY go on; more than once does no harm. */
  void release() {
    run("SELECT pg_advisory_unlock_all()");
  }

  private void run(String sql) {
    try (Statement statement = holder.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() throws SQLException {
    holder.close();
    subscriber.execute("DROP FUNCTION brake() CASCADE");
  }
}
