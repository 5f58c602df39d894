package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes records of one run, as long as nobody else has owned it since. */
final class EventWriter {

  /**
   * Nothing is written unless this session has the run's lock, or nobody has, and no other owner
   * has come since: the lock of the transaction keeps one from coming before its end.
   */
  private static final String WRITE =
      """
      WITH own AS MATERIALIZED (
        SELECT run, epoch FROM pgrunbook.runs
        WHERE run = ? AND epoch = ?
          AND pg_catalog.pg_try_advisory_xact_lock(pgrunbook.lock_key(?))
      ), written AS (
        INSERT INTO pgrunbook.events (run, seq, event, epoch, record)
        SELECT own.run, line.seq, line.event, own.epoch, line.record
        FROM own, unnest(?, ?, ?) AS line(seq, event, record)
        RETURNING 1
      )
      SELECT pg_catalog.count(*) FROM written""";

  /** The oldest answer of that person to that question is the one that the record tells. */
  private static final String TAKE =
      """
      UPDATE pgrunbook.approvals SET seq = ?
      WHERE id = (
        SELECT pg_catalog.min(id) FROM pgrunbook.approvals
        WHERE run = ? AND seq IS NULL AND step = ? AND items = ?::int[] AND digest = ?
          AND answer = ? AND role = ?)""";

  private static final String AFTER =
      "SELECT record FROM pgrunbook.events WHERE run = ? AND seq > ? ORDER BY seq";

  /** A record that waits to be written. */
  record Line(long seq, RunEvent event, String text) {}

  private final String run;
  private final long epoch;
  private long written;

  /**
   * @param written how many records there are
   */
  EventWriter(String run, long epoch, long written) {
    this.run = run;
    this.epoch = epoch;
    this.written = written;
  }

  /** Writes lines in one transaction; false when the run has another owner. */
  boolean write(Session session, List<Line> lines) {
    if (lines.stream().noneMatch(line -> answer(line.event()) != null)) {
      Rows rows = session.executeAgain(StoreServer.sql(WRITE, values(lines))).rows();
      return isCount(rows, lines.size());
    }
    session.begin(null);
    if (!isCount(session.execute(StoreServer.sql(WRITE, values(lines)), 0).rows(), lines.size())) {
      session.rollback();
      return false;
    }
    for (Line line : lines) {
      Given given = answer(line.event());
      if (given != null) {
        session.execute(StoreServer.sql(TAKE, given.values(run, line.seq())), 0);
      }
    }
    session.commit();
    return true;
  }

  private BoundValue[] values(List<Line> lines) {
    return new BoundValue[] {
      StoreServer.text(run),
      StoreServer.number(epoch),
      StoreServer.text("run " + run),
      StoreServer.numbers(lines.stream().map(Line::seq).toList()),
      StoreServer.texts(
          lines.stream().map(line -> line.event().getClass().getSimpleName()).toList()),
      StoreServer.texts(lines.stream().map(Line::text).toList())
    };
  }

  private static boolean isCount(@Nullable Rows rows, int size) {
    return Value.integer(size).equals(Objects.requireNonNull(rows).first());
  }

  /** An answer as it may have been posted. */
  private record Given(StepAddress address, String digest, Answer answer, String by) {

    /** The server knows no text with a NUL in it, so nobody has posted one. */
    @Nullable Given ifPosted() {
      return (address.step() + digest + by).indexOf('\0') < 0 ? this : null;
    }

    BoundValue[] values(String run, long seq) {
      return new BoundValue[] {
        StoreServer.number(seq),
        StoreServer.text(run),
        StoreServer.text(address.step()),
        StoreServer.numbers(address.items()),
        StoreServer.text(digest),
        StoreServer.text(answer.word()),
        StoreServer.text(by)
      };
    }
  }

  private static @Nullable Given answer(RunEvent event) {
    if (event instanceof GateAnswered gate) {
      return new Given(gate.address(), gate.digest(), gate.answer(), gate.by()).ifPosted();
    } else if (event instanceof ReviewAnswered review) {
      return new Given(review.address(), review.digest(), review.answer(), review.by()).ifPosted();
    }
    return null;
  }

  /** Returns the records behind those that are known to be there. */
  Rows after(Session session) {
    Rows rows =
        session
            .executeAlone(
                StoreServer.sql(AFTER, StoreServer.text(run), StoreServer.number(written)), 0)
            .rows();
    return Objects.requireNonNull(rows);
  }

  /** Takes note that the first so many of these are there, and removes them. */
  void hasWritten(List<Line> lines, int count) {
    written += count;
    lines.subList(0, count).clear();
  }
}
