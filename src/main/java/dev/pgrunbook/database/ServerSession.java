package dev.pgrunbook.database;

import dev.pgrunbook.database.Backend.Fetching;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;

/** A session on the server that may write. */
final class ServerSession extends LeasedSession implements Session {

  /** Reading the id first would assign one, which forbids some statements; so this comes last. */
  private static final String EVIDENCE =
      """
      SELECT pg_catalog.pg_current_xact_id_if_assigned()::text,
        CASE WHEN pg_catalog.pg_current_xact_id_if_assigned() IS NOT NULL
          THEN pg_catalog.pg_current_wal_insert_lsn()::text END""";

  private static final Set<String> CHANGES_OF_ROWS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  private static final Pattern RETURNING = Pattern.compile("RETURNING", Pattern.CASE_INSENSITIVE);

  private static final NativeStatement COMMIT = NativeStatement.fixed("COMMIT");

  private static final NativeStatement ASK_EVIDENCE = NativeStatement.fixed(EVIDENCE);

  private final Backend backend;
  private final Reading reading;

  /** The BEGIN that goes out with the first statement; null once it has. */
  private @Nullable NativeStatement opening;

  private boolean open;
  private @Nullable List<Value> evidence;

  ServerSession(Lease lease, SecretMask mask) {
    super(lease, mask);
    this.backend = lease.backend();
    this.reading = new Reading(backend, statements);
  }

  @Override
  public void begin(@Nullable Isolation isolation) {
    if (open) {
      throw new IllegalStateException("a transaction is open");
    }
    opening = opening(isolation);
    open = true;
    evidence = null;
  }

  private static NativeStatement opening(@Nullable Isolation isolation) {
    return NativeStatement.fixed(
        isolation == null ? "BEGIN" : "BEGIN ISOLATION LEVEL " + isolation.sql());
  }

  /** What changes rows and returns none is answered at once: a cursor would be one to close. */
  private static Fetching fetching(BoundSql sql, Fetching otherwise) {
    boolean nothing =
        CHANGES_OF_ROWS.contains(CommandTag.verb(sql.text()))
            && !RETURNING.matcher(sql.text()).find();
    return nothing ? Fetching.ALL : otherwise;
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
            new Backend.Request(
                before(), sql, List.of(ASK_EVIDENCE), fetching(sql, fetching), maxRows));
    evidence = response.drained() ? null : response.after().get(0).rows().get(0);
    return response.outcome();
  }

  @Override
  public void executeAll(List<BoundSql> sql, Consumer<StatementOutcome> answered) {
    if (!open || sql.stream().anyMatch(each -> !each.values().isEmpty())) {
      throw new IllegalStateException("no transaction is open, or values to bind");
    }
    evidence = null;
    evidence = statements.runAll(before(), sql, ASK_EVIDENCE, answered).rows().get(0);
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
        facts.serverStart(),
        facts.statisticsSince());
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
    statements.commit();
  }

  @Override
  public StatementOutcome commitAndExecute(
      @Nullable Isolation isolation, BoundSql sql, int maxRows, Runnable committed) {
    if (!open || opening != null || !sql.values().isEmpty()) {
      throw new IllegalStateException("nothing to commit, or values to bind");
    }
    open = false;
    evidence = null;
    Backend.Request request =
        new Backend.Request(
            List.of(COMMIT, opening(isolation)),
            sql,
            List.of(ASK_EVIDENCE),
            fetching(sql, Fetching.DRAIN),
            maxRows);
    Backend.Response response = statements.runAfterCommit(request, committed);
    open = true;
    evidence = response.drained() ? null : response.after().get(0).rows().get(0);
    return response.outcome();
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
  public StatementOutcome executeAgain(BoundSql sql) {
    if (open) {
      throw new IllegalStateException("a transaction is open");
    }
    return statements.runAgain(sql);
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
  public void close() {
    rollback();
    lease.end(statements.isLost());
  }
}
