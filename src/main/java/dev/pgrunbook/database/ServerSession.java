package dev.pgrunbook.database;

import dev.pgrunbook.database.Backend.Fetching;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;

/** A session on the server that may write. */
final class ServerSession implements Session {

  /** Reading the id first would assign one, which forbids some statements; so this comes last. */
  private static final String EVIDENCE =
      """
      SELECT xid::text,
        CASE WHEN xid IS NOT NULL THEN pg_catalog.pg_current_wal_insert_lsn()::text END
      FROM pg_catalog.pg_current_xact_id_if_assigned() AS xid""";

  private static final NativeStatement ASK_EVIDENCE = NativeStatement.fixed(EVIDENCE);

  private final Lease lease;
  private final Backend backend;
  private final Statements statements;
  private final Reading reading;

  /** The BEGIN that goes out with the first statement; null once it has. */
  private @Nullable NativeStatement opening;

  private boolean open;
  private @Nullable List<Value> evidence;

  ServerSession(Lease lease, SecretMask mask) {
    this.lease = lease;
    this.backend = lease.backend();
    this.statements = new Statements(backend, mask);
    this.reading = new Reading(backend, statements);
  }

  @Override
  public void begin(@Nullable Isolation isolation) {
    if (open) {
      throw new IllegalStateException("a transaction is open");
    }
    String begin = isolation == null ? "BEGIN" : "BEGIN ISOLATION LEVEL " + isolation.sql();
    opening = NativeStatement.fixed(begin);
    open = true;
    evidence = null;
  }

  @Override
  public StatementOutcome execute(BoundSql sql, int maxRows) {
    return run(sql, maxRows, Fetching.DRAIN);
  }

  private StatementOutcome run(BoundSql sql, int maxRows, Fetching fetching) {
    if (!open) {
      throw new IllegalStateException("no transaction is open");
    }
    evidence = null;
    Backend.Response response =
        statements.run(
            new Backend.Request(before(), sql, List.of(ASK_EVIDENCE), fetching, maxRows));
    evidence = response.drained() ? null : response.after().get(0).rows().get(0);
    return response.outcome();
  }

  private List<NativeStatement> before() {
    NativeStatement begin = opening;
    opening = null;
    return begin == null ? List.of() : List.of(begin);
  }

  @Override
  public Rows query(BoundSql sql, int maxRows) {
    if (!open) {
      return reading.query(sql, maxRows);
    }
    Rows rows = run(sql, maxRows, Fetching.FIRST).rows();
    return rows == null ? new Rows(List.of(), List.of(), false) : rows;
  }

  @Override
  public @Nullable TransactionEvidence evidence() {
    if (!open || opening != null) {
      return null;
    }
    List<Value> known = evidence == null ? ask() : evidence;
    evidence = known;
    String xid = Backend.text(known, 0);
    String position = Backend.text(known, 1);
    if (xid == null || position == null) {
      return null;
    }
    ClusterFacts facts = facts();
    return new TransactionEvidence(
        xid,
        facts.systemIdentifier(),
        facts.timeline(),
        WalPosition.parse(position),
        backend.pid(),
        facts.backendStart(),
        facts.serverStart());
  }

  private ClusterFacts facts() {
    try {
      return backend.facts();
    } catch (SQLException failure) {
      throw statements.seen(failure);
    }
  }

  private List<Value> ask() {
    BoundSql sql = new BoundSql(EVIDENCE, List.of());
    Rows rows =
        statements
            .run(new Backend.Request(List.of(), sql, List.of(), Fetching.ALL, 0))
            .outcome()
            .rows();
    return java.util.Objects.requireNonNull(rows).rows().get(0);
  }

  @Override
  public void commit() {
    boolean nothingSent = opening != null;
    opening = null;
    open = false;
    if (nothingSent) {
      return;
    }
    String tag = statements.commit();
    if (!tag.equals("COMMIT")) {
      throw new StatementFailure(
          new StatementFailure.Report(
              "25P02",
              "the transaction had failed, so the server rolled it back instead of committing",
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null));
    }
  }

  @Override
  public void rollback() {
    opening = null;
    open = false;
    if (!statements.isLost() && backend.state() != TransactionState.IDLE) {
      statements.rollback();
    }
  }

  @Override
  public StatementOutcome executeAlone(BoundSql sql, int maxRows) {
    if (open) {
      throw new IllegalStateException("a transaction is open");
    }
    return statements
        .run(new Backend.Request(List.of(), sql, List.of(), Fetching.ALL, maxRows))
        .outcome();
  }

  @Override
  public int backendPid() {
    return backend.pid();
  }

  @Override
  public void cancel() {
    try {
      backend.cancel();
    } catch (SQLException gone) {
      // There is nothing left to cancel on a server that cannot be reached.
      statements.connectionIsLost();
    }
  }

  @Override
  public void close() {
    rollback();
    lease.end(statements.isLost());
  }
}
