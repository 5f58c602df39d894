package dev.pgrunbook.database;

import dev.pgrunbook.sql.BoundSql;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.postgresql.core.TransactionState;

/** Runs queries in READ ONLY transactions that nothing inside can turn into writing ones. */
final class Reading {

  /**
   * Opens the transaction and takes its snapshot: after that the server refuses {@code SET
   * TRANSACTION READ WRITE}.
   */
  private static final List<NativeStatement> OPENING =
      List.of(
          NativeStatement.fixed("BEGIN READ ONLY"),
          NativeStatement.fixed("SELECT pg_catalog.pg_backend_pid()"));

  /** COPY … TO PROGRAM, LOAD or DO reach beyond what a READ ONLY transaction forbids. */
  private static final Set<String> QUERIES =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN");

  private final Backend backend;
  private final Statements statements;

  Reading(Backend backend, Statements statements) {
    this.backend = backend;
    this.statements = statements;
  }

  /** Returns a query's rows; its transaction is rolled back. */
  Rows query(BoundSql sql, int maxRows) {
    refuseOthersThanQueries(sql);
    try {
      StatementOutcome outcome =
          statements
              .run(new Backend.Request(OPENING, sql, List.of(), Backend.Fetching.FIRST, maxRows))
              .outcome();
      Rows rows = outcome.rows();
      return rows == null ? new Rows(List.of(), List.of(), false) : rows;
    } finally {
      end();
    }
  }

  /** Refuses, before anything is sent, what does not begin as a query does. */
  static void refuseOthersThanQueries(BoundSql sql) {
    String verb = CommandTag.verb(sql.text());
    if (!QUERIES.contains(verb)) {
      throw refusal((verb.isEmpty() ? "this" : verb) + " is no query");
    }
  }

  private static StatementFailure refusal(String why) {
    return new StatementFailure(
        StatementFailure.Report.of("25006", why + ", and a read-only session runs nothing else"));
  }

  private void end() {
    try {
      if (!backend.isClosed() && backend.state() != TransactionState.IDLE) {
        backend.command("ROLLBACK");
      }
    } catch (SQLException lostOnTheWay) {
      // A read-only transaction leaves nothing behind; the next use finds the connection broken.
      statements.connectionIsLost();
    }
  }
}
