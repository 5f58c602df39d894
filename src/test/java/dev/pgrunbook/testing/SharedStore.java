package dev.pgrunbook.testing;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.journal.postgres.Patience;
import dev.pgrunbook.journal.postgres.PostgresRunStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A store in a database, and what can happen to it. */
public final class SharedStore implements AutoCloseable {

  /** The session that owns the last run that was begun or gone on with. */
  private static final String OWNER =
      "(SELECT backend_pid FROM pgrunbook.claims WHERE what LIKE 'run %' ORDER BY since DESC LIMIT"
          + " 1)";

  private final TestPostgres postgres;
  private final List<RunStore> opened = new CopyOnWriteArrayList<>();
  private final List<String> news = new CopyOnWriteArrayList<>();

  /** Uses a database. */
  public SharedStore(TestPostgres postgres) {
    this.postgres = postgres;
  }

  /** Returns the store as a process of that name would have it. */
  public RunStore open(String holder) {
    return open(postgres.settings(), holder, Duration.ofSeconds(30));
  }

  /** Returns the store as a process would have it that waits for so long when it is away. */
  public RunStore open(DatabaseSettings settings, String holder, Duration patience) {
    RunStore store =
        new PostgresRunStore(
            settings, Clock.systemUTC(), holder, new Patience(patience, news::add, () -> false));
    opened.add(store);
    return store;
  }

  /** Ends the server process of whoever owns the last run, and waits for its end. */
  public void loseOwner() {
    postgres.queryRows("SELECT pg_terminate_backend(" + OWNER + ", 10000)");
  }

  /**
   * Has somebody else take over what an owner has: it is ended until he is quicker than the owner,
   * who notices the loss by himself.
   */
  public <T> T takeOver(Supplier<T> other) {
    while (true) {
      loseOwner();
      try {
        return other.get();
      } catch (RunLocked regained) {
        // It was quicker; so once more.
      }
    }
  }

  /** Returns what owners were told while the store was away. */
  public List<String> news() {
    return news;
  }

  public TestPostgres postgres() {
    return postgres;
  }

  @Override
  public void close() {
    opened.forEach(RunStore::close);
  }
}
