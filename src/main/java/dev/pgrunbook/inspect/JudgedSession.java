package dev.pgrunbook.inspect;

import dev.pgrunbook.database.ReadOnlySession;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Snapshot;
import dev.pgrunbook.sql.BoundSql;

/**
 * A snapshot for questions of this program's own that need the search path which a run will have:
 * they are judged like a runbook's, as what they call unqualified may be anything there.
 */
record JudgedSession(Snapshot snapshot, Judge judge) implements ReadOnlySession {

  /** A question was not asked, as somebody has made something that it might call. */
  static final class NotAsked extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotAsked(String why) {
      super(why);
    }
  }

  @Override
  public Rows query(BoundSql sql, int maxRows) {
    String objection = judge.judge(sql.text()).objection();
    if (objection != null) {
      throw new NotAsked(objection);
    }
    return snapshot.query(sql, maxRows);
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
