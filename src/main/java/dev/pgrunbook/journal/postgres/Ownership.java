package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.CannotConnect;
import dev.pgrunbook.database.CommitUnknown;
import dev.pgrunbook.database.ConnectionLost;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Session;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this process owns in a store, by advisory locks of one session, through which it also
 * writes.
 *
 * <p>A lock ends with its session, so what a dead process owned is free at once. A session that is
 * lost is made anew for a while, and what was owned is gone on with only when nobody has owned it
 * in between: then it is this process's own token that still stands in {@code claims}. Everything
 * here is for one thread at a time, which has this object's monitor.
 */
final class Ownership implements AutoCloseable {

  private static final String CLAIM =
      """
      INSERT INTO pgrunbook.claims AS c (what, token, holder) VALUES (?, ?::uuid, ?)
      ON CONFLICT (what) DO UPDATE
      SET token = excluded.token, holder = excluded.holder, since = excluded.since,
        backend_pid = excluded.backend_pid""";

  private static final String REGAIN =
      """
      UPDATE pgrunbook.claims SET backend_pid = pg_catalog.pg_backend_pid()
      WHERE what = ? AND token = ?::uuid""";

  private static final String HOLDER =
      """
      SELECT token::text, holder OPERATOR(pg_catalog.||) ', role '
        OPERATOR(pg_catalog.||) role::text OPERATOR(pg_catalog.||) ', since '
        OPERATOR(pg_catalog.||) pg_catalog.to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
        OPERATOR(pg_catalog.||) ' UTC'
      FROM pgrunbook.claims WHERE what = ?""";

  /** Ends the session that this process has lost and the server has not noticed the loss of. */
  private static final String END_OLD =
      """
      SELECT pg_catalog.pg_terminate_backend(a.pid)
      FROM pgrunbook.claims AS c
      JOIN pg_catalog.pg_locks AS l ON l.pid = c.backend_pid AND l.locktype = 'advisory'
      JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid AND a.usename = session_user
      WHERE c.what = ? AND c.token = ?::uuid AND l.granted AND l.objsubid = 1
        AND (l.classid::int8 << 32 | l.objid::int8) = pgrunbook.lock_key(c.what)""";

  private final StoreServer server;
  private final String holder;
  private final Patience patience;
  private final String token = UUID.randomUUID().toString();
  private final Set<String> owned = new LinkedHashSet<>();
  private @Nullable Session session;
  private @Nullable RunLocked takenOver;

  /**
   * @param holder what others are told of this process
   */
  Ownership(StoreServer server, String holder, Patience patience) {
    this.server = server;
    this.holder = holder;
    this.patience = patience;
  }

  /** What is done in the session that owns. */
  interface Work<T> {
    T in(Session session);
  }

  /** Finds out whether such work has been done. */
  interface Done<T> {
    @Nullable T in(Session session);
  }

  /**
   * Owns something until the claim is closed.
   *
   * @param detail what others are told beside the process, or the empty text
   * @throws RunLocked when this process or another one owns it already; names it
   */
  synchronized RunStore.Claim claim(String what, String detail) {
    String told = detail + holder;
    owning(
        session -> {
          if (owned.contains(what) || !lock(session, what)) {
            throw new RunLocked(what + " is held by " + holder(session, what));
          }
          session.executeAlone(StoreServer.sql(CLAIM, text(what), text(token), text(told)), 0);
          owned.add(what);
          return what;
        });
    return () -> release(what);
  }

  /** Closes the session with the last claim: nothing is owned through it any more. */
  private synchronized void release(String what) {
    if (!owned.remove(what)) {
      return;
    }
    Session open = session;
    if (owned.isEmpty()) {
      disconnect();
    } else if (open != null) {
      try {
        ask(open, "SELECT pg_catalog.pg_advisory_unlock(pgrunbook.lock_key(?))", text(what));
      } catch (DatabaseFailure lost) {
        // Then the lock is gone with its session.
        disconnect();
      }
    }
  }

  /** Does something once, in a session that owns all that this process does. */
  synchronized <T> T owning(Work<T> work) {
    return once(work, session -> null);
  }

  /**
   * Does something once; where the session was lost before, in a new one, unless that finds it
   * done.
   */
  synchronized <T> T once(Work<T> work, Done<T> done) {
    try {
      return attempt(work, done);
    } catch (DatabaseFailure failure) {
      dropIfLost(failure);
      throw server.told(failure);
    } finally {
      if (owned.isEmpty()) {
        disconnect();
      }
    }
  }

  private <T> T attempt(Work<T> work, Done<T> done) {
    if (takenOver != null) {
      throw takenOver;
    }
    boolean again = session == null && !owned.isEmpty();
    Session open = again ? regained() : connected();
    T found = again ? done.in(open) : null;
    return found == null ? work.in(open) : found;
  }

  /**
   * Does something; when its session is lost, in a new one, unless that finds it done.
   *
   * @param done returns what the work would have returned when it has been done, else null
   * @throws RunLocked when somebody else has owned in between what this process owned
   * @throws JournalFailure when the store does not come back, or refuses
   */
  synchronized <T> T durably(Work<T> work, Done<T> done) {
    Patience.@Nullable Wait wait = null;
    while (true) {
      try {
        T result = attempt(work, done);
        if (wait != null) {
          patience.news().accept("the store is back");
        }
        return result;
      } catch (DatabaseFailure failure) {
        if (!dropIfLost(failure)) {
          throw server.told(failure);
        }
        if (wait == null) {
          wait = patience.begin();
          patience.news().accept(server.told(failure).getMessage() + "; trying again");
        }
        pause(wait, failure);
      }
    }
  }

  private void pause(Patience.Wait wait, DatabaseFailure failure) {
    boolean more = false;
    try {
      more = wait.again();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!more) {
      throw server.told(failure);
    }
  }

  /** Notices a loss early, and makes good for it where one attempt is enough. */
  synchronized void lookAfter() {
    if (owned.isEmpty() || takenOver != null) {
      return;
    }
    try {
      Session open = session;
      if (open == null) {
        regained();
      } else {
        ask(open, "SELECT 1");
      }
    } catch (DatabaseFailure failure) {
      dropIfLost(failure);
    } catch (RunLocked told) {
      // The next append says so.
      takenOver = told;
    }
  }

  /** Returns whether a failure is that of the session; it is then given up. */
  private boolean dropIfLost(DatabaseFailure failure) {
    boolean absent = failure instanceof CannotConnect cannot && cannot.reason().isTransient();
    boolean lost = failure instanceof ConnectionLost || failure instanceof CommitUnknown;
    if (lost) {
      disconnect();
    }
    return lost || absent;
  }

  private Session connected() {
    Session open = session;
    if (open == null) {
      open = server.session();
      session = open;
    }
    return open;
  }

  /** Returns a new session that owns what the lost one did. */
  private Session regained() {
    disconnect();
    Session open = connected();
    for (String what : owned) {
      regain(open, what);
    }
    return open;
  }

  private void regain(Session open, String what) {
    Duration patienceWithServer = Duration.ofSeconds(5);
    long end = System.nanoTime() + patienceWithServer.toNanos();
    while (!lock(open, what)) {
      List<Value> row = holderRow(open, what);
      boolean mine = row != null && row.get(0).display().equals(token);
      if (!mine || System.nanoTime() > end) {
        throw takenOver(open, what);
      }
      // What ends there is waited for on the server: the lock is free a moment later.
      ask(open, END_OLD, text(what), text(token));
      ask(open, "SELECT pg_catalog.pg_sleep(0.05)");
    }
    if (open.executeAlone(StoreServer.sql(REGAIN, text(what), text(token)), 0).count() != 1) {
      throw takenOver(open, what);
    }
  }

  /** Returns what a process is told that no longer owns what it did, now and from now on. */
  RunLocked takenOver(Session open, String what) {
    RunLocked told =
        new RunLocked(what + " was taken over while the store was away by " + holder(open, what));
    takenOver = told;
    return told;
  }

  private static boolean lock(Session session, String what) {
    Rows rows =
        ask(session, "SELECT pg_catalog.pg_try_advisory_lock(pgrunbook.lock_key(?))", text(what));
    return Value.bool(true).equals(rows.first());
  }

  private static String holder(Session session, String what) {
    List<Value> row = holderRow(session, what);
    return row == null ? "another process" : row.get(1).display();
  }

  private static @Nullable List<Value> holderRow(Session session, String what) {
    Rows rows = ask(session, HOLDER, text(what));
    return rows.isEmpty() ? null : rows.rows().get(0);
  }

  private static Rows ask(Session session, String query, BoundValue... values) {
    Rows rows = session.executeAlone(StoreServer.sql(query, values), 0).rows();
    return rows == null ? new Rows(List.of(), List.of(), false) : rows;
  }

  private static BoundValue text(String text) {
    return StoreServer.text(text);
  }

  /**
   * A session goes back to where the next may get it from, with its locks; so they are given back.
   */
  private void disconnect() {
    Session open = session;
    session = null;
    if (open != null) {
      try (open) {
        ask(open, "SELECT pg_catalog.pg_advisory_unlock_all()");
      } catch (DatabaseFailure lost) {
        // The locks are gone with it.
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    owned.clear();
    disconnect();
  }
}
