package dev.pgrunbook.database;

import dev.pgrunbook.database.Exchange.Answer;
import dev.pgrunbook.database.StatementOutcome.Notice;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PgConnection;

/**
 * One connection, statement by statement, in the terms of the wire protocol.
 *
 * <p>JDBC hides three things that are needed here: several statements in one round trip (BEGIN, a
 * statement, its evidence), the command tag, and rows in the server's own text. So this speaks to
 * pgjdbc's protocol layer, {@link QueryExecutor}, below its JDBC layer.
 */
final class Backend {

  /** BEGIN and COMMIT are ours; texts are the server's; each statement is sent once. */
  private static final int FLAGS =
      QueryExecutor.QUERY_SUPPRESS_BEGIN
          | QueryExecutor.QUERY_NO_BINARY_TRANSFER
          | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS
          | QueryExecutor.QUERY_ONESHOT;

  private final PgConnection connection;
  private final QueryExecutor executor;
  private final TypeNames types;

  /** What the server keeps, parsed and planned, by its text; a discarded session makes it anew. */
  private final Map<String, Query> kept = new HashMap<>();

  private @Nullable ClusterFacts facts;
  private boolean used;

  Backend(PgConnection connection) {
    this.connection = connection;
    this.executor = connection.getQueryExecutor();
    this.types = new TypeNames(this);
  }

  /** How rows are taken from the server. */
  enum Fetching {
    /** All of them in one answer. */
    ALL,
    /** A first portion; what is left stays behind. */
    FIRST,
    /** Portion by portion to the end, the first ones kept. */
    DRAIN
  }

  /**
   * What to run in one round trip.
   *
   * @param before statements without parameters that come first
   * @param sql the statement itself
   * @param after statements without parameters that come last
   * @param maxRows how many rows to keep; 0 keeps all
   */
  record Request(
      List<NativeStatement> before,
      BoundSql sql,
      List<NativeStatement> after,
      Fetching fetching,
      int maxRows) {}

  /**
   * What came back.
   *
   * @param outcome of the statement itself
   * @param after the rows of the last statements
   * @param drained whether rows were fetched after the last statements had run
   */
  record Response(StatementOutcome outcome, List<Rows> after, boolean drained) {}

  String serverVersion() {
    return executor.getServerVersion();
  }

  int pid() {
    return connection.getBackendPID();
  }

  PgConnection connection() {
    return connection;
  }

  TransactionState state() {
    return executor.getTransactionState();
  }

  boolean isClosed() {
    return executor.isClosed();
  }

  /** Returns whether a session had the connection; the next one does not find it clean. */
  boolean isUsed() {
    return used;
  }

  void markUsed() {
    used = true;
  }

  /** Learns what {@link #facts} gives, on a connection without an open transaction. */
  void learnFacts() throws SQLException {
    if (facts == null && !isInRecovery()) {
      facts = ClusterFacts.read(this).withSystemIdentifier(ClusterFacts.systemIdentifier(this));
    }
  }

  private boolean isInRecovery() throws SQLException {
    return Value.bool(true).equals(ask("SELECT pg_catalog.pg_is_in_recovery()", List.of()).first());
  }

  /** Returns the cluster's facts; a standby promoted since it was connected is asked now. */
  ClusterFacts facts() throws SQLException {
    ClusterFacts known = facts == null ? ClusterFacts.read(this) : facts;
    facts = known;
    return known;
  }

  void cancel() throws SQLException {
    connection.cancelQuery();
  }

  /** Runs one fixed statement and returns its tag. */
  String command(String sql) throws SQLException {
    Exchange exchange = new Exchange();
    send(List.of(NativeStatement.fixed(sql)), List.of(), exchange, 0);
    return String.valueOf(exchange.answers().get(0).tag());
  }

  /** Runs fixed statements in one round trip. */
  void commands(List<NativeStatement> statements) throws SQLException {
    send(statements, List.of(), new Exchange(), 0);
  }

  Response run(Request request, NativeStatement statement, SecretMask mask) throws SQLException {
    return run(request, statement, mask, new Exchange());
  }

  /** Runs a request; what was answered before a failure stays in the exchange. */
  Response run(Request request, NativeStatement statement, SecretMask mask, Exchange exchange)
      throws SQLException {
    List<NativeStatement> statements = new ArrayList<>(request.before());
    statements.add(statement);
    statements.addAll(request.after());
    send(statements, request.sql().values(), exchange, portion(request));
    int index = request.before().size();
    Answer answer = exchange.answers().get(index);
    List<Notice> notices = masked(exchange.notices(), mask);
    StatementOutcome outcome = outcome(answer, request, notices);
    List<Rows> after = new ArrayList<>();
    for (Answer last : exchange.answers().subList(index + 1, exchange.answers().size())) {
      after.add(rows(last, last.tuples(), false));
    }
    boolean drained = answer.cursor() != null && request.fetching() == Fetching.DRAIN;
    return new Response(outcome, after, drained);
  }

  /**
   * Runs statements without values in one round trip; what was answered before a failure stays in
   * the exchange.
   */
  void runAll(List<NativeStatement> statements, Exchange exchange) throws SQLException {
    send(statements, List.of(), exchange, 0);
  }

  /** Runs a statement that the server keeps for the next time. */
  StatementOutcome runAgain(BoundSql sql, SecretMask mask) throws SQLException {
    Query query = kept.get(sql.text());
    if (query == null) {
      query = executor.wrap(List.of(NativeStatement.of(sql.text()).query()));
      kept.put(sql.text(), query);
    }
    Exchange exchange = new Exchange();
    ParameterList parameters = query.createParameterList();
    bind(parameters, sql.values());
    executor.execute(query, parameters, exchange, 0, 0, FLAGS & ~QueryExecutor.QUERY_ONESHOT);
    return outcome(exchange, 0, sql, mask);
  }

  /** Returns the outcome of a statement of {@link #runAll}. */
  StatementOutcome outcome(Exchange exchange, int answer, BoundSql sql, SecretMask mask)
      throws SQLException {
    Request request = new Request(List.of(), sql, List.of(), Fetching.ALL, 0);
    return outcome(exchange.answers().get(answer), request, masked(exchange.notices(answer), mask));
  }

  /** Returns all rows of a statement of {@link #runAll}. */
  Rows rows(Exchange exchange, int answer) throws SQLException {
    Answer found = exchange.answers().get(answer);
    return rows(found, found.tuples(), false);
  }

  /** One row more than asked for tells whether there are more. */
  private static int portion(Request request) {
    return request.fetching() == Fetching.ALL || request.maxRows() == 0
        ? 0
        : Math.addExact(request.maxRows(), 1);
  }

  private void send(
      List<NativeStatement> statements, List<BoundValue> values, Exchange exchange, int portion)
      throws SQLException {
    List<NativeQuery> queries = new ArrayList<>();
    statements.forEach(statement -> queries.add(statement.query()));
    Query query = executor.wrap(queries);
    ParameterList parameters = query.createParameterList();
    bind(parameters, values);
    int flags = portion > 0 ? FLAGS | QueryExecutor.QUERY_FORWARD_CURSOR : FLAGS;
    executor.execute(query, parameters, exchange, 0, portion, flags);
  }

  /** Has the server parse a statement, which is neither planned nor executed. */
  void describe(NativeStatement statement, List<BoundValue> values) throws SQLException {
    Query query = executor.wrap(List.of(statement.query()));
    ParameterList parameters = query.createParameterList();
    bind(parameters, values);
    int flags = FLAGS | QueryExecutor.QUERY_DESCRIBE_ONLY;
    executor.execute(query, parameters, new Exchange(), 0, 0, flags);
  }

  private void bind(ParameterList parameters, List<BoundValue> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      BoundValue bound = values.get(i);
      String text = ParameterText.of(bound.type(), bound.value());
      int oid = types.oid(bound.type());
      if (text == null) {
        parameters.setNull(i + 1, oid);
      } else {
        parameters.setStringParameter(i + 1, text, oid);
      }
    }
  }

  private StatementOutcome outcome(Answer answer, Request request, List<Notice> notices)
      throws SQLException {
    List<Tuple> kept = answer.tuples();
    long seen = kept.size();
    ResultCursor cursor = answer.cursor();
    if (cursor != null && request.fetching() == Fetching.DRAIN) {
      seen += drain(cursor, portion(request));
    } else if (cursor != null) {
      cursor.close();
    }
    boolean truncated = request.maxRows() > 0 && seen > request.maxRows();
    if (truncated && kept.size() > request.maxRows()) {
      kept = kept.subList(0, request.maxRows());
    }
    Rows rows = answer.fields() == null ? null : rows(answer, kept, truncated);
    CommandTag tag = answer.tag() == null ? null : CommandTag.parse(answer.tag());
    return tag == null
        ? new StatementOutcome(CommandTag.verb(request.sql().text()), seen, rows, notices)
        : new StatementOutcome(tag.command(), tag.count(), rows, notices);
  }

  /** Carries a statement out to its end and returns how many rows were left. */
  private long drain(ResultCursor first, int portion) throws SQLException {
    long seen = 0;
    for (ResultCursor cursor = first; cursor != null; ) {
      Exchange.Fetch fetch = new Exchange.Fetch();
      executor.fetch(cursor, fetch, Math.max(portion, 1000), false);
      seen += fetch.rows().size();
      cursor = fetch.rest();
    }
    return seen;
  }

  private Rows rows(Answer answer, List<Tuple> tuples, boolean truncated) throws SQLException {
    List<Field> fields = answer.fields() == null ? List.of() : answer.fields();
    List<Rows.Column> columns = new ArrayList<>(fields.size());
    List<ColumnReader> readers = new ArrayList<>(fields.size());
    types.learn(fields.stream().map(Field::getOID).toList());
    for (Field field : fields) {
      TypeNames.Type type = types.type(field.getOID());
      columns.add(new Rows.Column(field.getColumnLabel(), type.name()));
      readers.add(ColumnReader.of(field.getOID(), type));
    }
    List<List<Value>> rows = new ArrayList<>(tuples.size());
    for (Tuple tuple : tuples) {
      List<Value> row = new ArrayList<>(fields.size());
      for (int i = 0; i < fields.size(); i++) {
        row.add(readers.get(i).read(tuple.get(i)));
      }
      rows.add(List.copyOf(row));
    }
    return new Rows(columns, rows, truncated);
  }

  private static List<Notice> masked(List<Notice> notices, SecretMask mask) {
    List<Notice> clean = new ArrayList<>(notices.size());
    notices.forEach(said -> clean.add(new Notice(said.severity(), mask.apply(said.message()))));
    return clean;
  }

  /** Runs a query of this program's own and returns all its rows. */
  Rows ask(String sql, List<BoundValue> values) throws SQLException {
    BoundSql bound = new BoundSql(sql, values);
    Request request = new Request(List.of(), bound, List.of(), Fetching.ALL, 0);
    Rows rows = run(request, NativeStatement.of(sql), new SecretMask()).outcome().rows();
    return rows == null ? new Rows(List.of(), List.of(), false) : rows;
  }

  /** Returns the first column's text of a row, or null. */
  static @Nullable String text(List<Value> row, int column) {
    Value value = row.get(column);
    return value.isNull() ? null : value.display();
  }
}
