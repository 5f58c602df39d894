package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.journal.JournalEnds;
import dev.pgrunbook.journal.JournalEnds.End;
import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How runs stand, and who owns them now. */
final class Owners {

  private static final Comparator<RunSummary> OLDEST_FIRST =
      Comparator.comparing(RunSummary::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(RunSummary::run);

  /** An advisory lock's key stands in two halves. */
  private static final String HELD =
      """
      EXISTS (SELECT FROM pg_catalog.pg_locks AS l
        JOIN pg_catalog.pg_database AS d ON d.oid = l.database
        WHERE d.datname = pg_catalog.current_database() AND l.locktype = 'advisory'
          AND l.granted AND l.objsubid = 1
          AND (l.classid::int8 << 32 | l.objid::int8) = pgrunbook.lock_key('run ' || r.run))""";

  private static final String LIST =
      """
      SELECT r.run, first.record, before_last.record, last.record, before_move.record, move.record,
        CASE WHEN %s THEN coalesce(c.holder || ', role ' || c.role, 'another process') END
      FROM pgrunbook.runs AS r
      JOIN pgrunbook.events AS first ON first.run = r.run AND first.seq = 1
      CROSS JOIN LATERAL (SELECT seq, record FROM pgrunbook.events
        WHERE run = r.run ORDER BY seq DESC LIMIT 1) AS last
      CROSS JOIN LATERAL (SELECT seq, record FROM pgrunbook.events
        WHERE run = r.run AND (seq = 1 OR event <> ALL (?)) ORDER BY seq DESC LIMIT 1) AS move
      LEFT JOIN pgrunbook.events AS before_last
        ON before_last.run = r.run AND before_last.seq = last.seq - 1
      LEFT JOIN pgrunbook.events AS before_move
        ON before_move.run = r.run AND before_move.seq = move.seq - 1
      LEFT JOIN pgrunbook.claims AS c ON c.what = 'run ' || r.run"""
          .formatted(HELD);

  private Owners() {}

  static boolean isOwned(StoreServer server, String run) {
    Rows rows =
        server.read(
            "SELECT " + HELD + " FROM pgrunbook.runs AS r WHERE r.run = ?", StoreServer.text(run));
    return Value.bool(true).equals(rows.first());
  }

  /** Returns every run that has begun, the oldest first. */
  static List<RunSummary> list(StoreServer server) {
    List<String> answers = List.copyOf(JournalEnds.ANSWERS);
    List<RunSummary> summaries = new ArrayList<>();
    for (List<Value> row : server.read(LIST, StoreServer.texts(answers)).rows()) {
      summaries.add(summary(row));
    }
    summaries.sort(OLDEST_FIRST);
    return summaries;
  }

  private static RunSummary summary(List<Value> row) {
    String run = row.get(0).display();
    try {
      JournalEnds ends = new JournalEnds(end(row, 1, -1), end(row, 3, 2), end(row, 5, 4));
      return ends.summary(run, row.get(6).isNull() ? null : row.get(6).display());
    } catch (IllegalArgumentException damaged) {
      return RunSummary.damaged(run);
    }
  }

  private static End end(List<Value> row, int column, int before) {
    boolean first = before < 0 || row.get(before).isNull();
    return End.of(first ? null : bytes(row.get(before)), bytes(row.get(column)));
  }

  private static byte[] bytes(Value value) {
    return value.display().getBytes(StandardCharsets.UTF_8);
  }
}
