package dev.pgrunbook.inspect;

import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Snapshot;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.value.Value;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A snapshot that somebody may stop: what fails because it was cancelled is no finding about the
 * database.
 */
record StoppableSnapshot(Snapshot snapshot, PlanStop stop) implements Snapshot {

  @Override
  public Rows query(BoundSql sql, Map<String, Value> settings, int maxRows) {
    return stoppable(() -> snapshot.query(sql, settings, maxRows));
  }

  @Override
  public Rows query(BoundSql sql, int maxRows) {
    return stoppable(() -> snapshot.query(sql, maxRows));
  }

  @Override
  public Rows ask(BoundSql sql) {
    return stoppable(() -> snapshot.ask(sql));
  }

  @Override
  public void describe(BoundSql sql) {
    stoppable(
        () -> {
          snapshot.describe(sql);
          return true;
        });
  }

  private <T> T stoppable(Supplier<T> asking) {
    stop.enter(snapshot);
    try {
      return asking.get();
    } catch (DatabaseFailure failure) {
      stop.check();
      throw failure;
    } finally {
      stop.leave();
    }
  }

  @Override
  public int backendPid() {
    return snapshot.backendPid();
  }

  @Override
  public void cancel() {
    snapshot.cancel();
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
