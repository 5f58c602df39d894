package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.database.Rows;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalAudit;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.JournalTail;
import dev.pgrunbook.journal.PostedAnswer;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunId;
import dev.pgrunbook.journal.RunIdTaken;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.journal.UnknownRun;
import dev.pgrunbook.value.Value;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The schema {@code pgrunbook} of a database: runs, journals and answers, shared by whoever reaches
 * it.
 *
 * <p>Nothing is connected before it is needed; the schema is made with the first run.
 */
public final class PostgresRunStore implements RunStore {

  private final StoreServer server;
  private final StoreSchema schema;
  private final Ownership ownership;
  private final Clock clock;
  private @Nullable String role;

  /**
   * Uses a database.
   *
   * @param holder what other processes are told of this one: pid, user, host
   * @param patience what an owner does while the store is away
   */
  public PostgresRunStore(
      DatabaseSettings settings, Clock clock, String holder, Patience patience) {
    this.server = new StoreServer(settings);
    this.schema = new StoreSchema(server);
    this.ownership = new Ownership(server, holder, patience);
    this.clock = clock;
  }

  /**
   * Returns the role that acts here, as the server says.
   *
   * @throws JournalFailure when the server cannot be asked
   */
  public String role() {
    String known = role;
    if (known == null) {
      known = Objects.requireNonNull(server.read("SELECT session_user::text").first()).display();
      role = known;
    }
    return known;
  }

  @Override
  public String place() {
    return server.name();
  }

  @Override
  public Journal create(String run) {
    if (!RunId.isValid(run)) {
      throw new IllegalArgumentException("no id of a run: " + run);
    }
    schema.make();
    Claim claim;
    try {
      claim = ownership.claim("run " + run, "");
    } catch (RunLocked begunJustNow) {
      throw taken(run);
    }
    return owned(claim, () -> begun(run, claim));
  }

  private Journal begun(String run, Claim claim) {
    long made =
        ownership.owning(
            session ->
                session
                    .executeAlone(
                        StoreServer.sql(
                            "INSERT INTO pgrunbook.runs (run, epoch) VALUES (?, 1)"
                                + " ON CONFLICT DO NOTHING",
                            StoreServer.text(run)),
                        0)
                    .count());
    if (made == 0) {
      throw taken(run);
    }
    return journal(run, 1, claim);
  }

  @Override
  public Journal open(String run) {
    requireRun(run);
    Claim claim = ownership.claim("run " + run, "");
    return owned(
        claim,
        () -> {
          Journal journal = journal(run, nextEpoch(run), claim);
          if (journal.state().started() == null) {
            journal.close();
            throw UnknownRun.neverBegun(run, place());
          }
          return journal;
        });
  }

  /** From here on, no earlier owner can append. */
  private long nextEpoch(String run) {
    String next = "UPDATE pgrunbook.runs SET epoch = epoch + 1 WHERE run = ? RETURNING epoch";
    return ownership.owning(
        session -> {
          Rows rows = session.executeAlone(StoreServer.sql(next, StoreServer.text(run)), 0).rows();
          Value epoch = Objects.requireNonNull(rows).first();
          return Long.parseLong(Objects.requireNonNull(epoch).display());
        });
  }

  private Journal journal(String run, long epoch, Claim claim) {
    PostgresAttachments attachments = new PostgresAttachments(server, run, ownership);
    PostgresTail written = new PostgresTail(server, run, attachments);
    RunState state = RunState.empty();
    written.read(state::apply);
    return new PostgresJournal(run, epoch, clock, ownership, claim, attachments, written, state);
  }

  /** What needs a claim. */
  private interface Opening {
    Journal open();
  }

  /** A claim is given back when what it was made for cannot be had. */
  private static Journal owned(Claim claim, Opening opening) {
    boolean opened = false;
    try {
      Journal journal = opening.open();
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        claim.close();
      }
    }
  }

  @Override
  public JournalTail tail(String run) {
    requireRun(run);
    return new PostgresTail(server, run);
  }

  /** Beside the chain, the server proves who answered. */
  @Override
  public JournalAudit audit(String run) {
    JournalAudit audit = RunStore.super.audit(run);
    Signatures signatures = new Signatures(server, run);
    if (audit.damage() == null) {
      tail(run).read(signatures::check);
    }
    return signatures.judge(audit);
  }

  @Override
  public String attachment(String run, String digest) {
    requireRun(run);
    return new PostgresAttachments(server, run, null).load(digest);
  }

  @Override
  public String draft(String run, String name) {
    requireRun(run);
    return new PostgresAttachments(server, run, null).draft(name);
  }

  /** Whoever owns the run takes note, now or when it goes on; nobody has to own it for that. */
  @Override
  public void answer(String run, Function<RunState, List<PostedAnswer>> deciding) {
    RunState state = read(run, entry -> {});
    Answers answers = new Answers(server, run);
    answers.pending().forEach(answer -> apply(answer.event(state), run, state));
    List<PostedAnswer> given = deciding.apply(state);
    ownership.owning(
        session -> {
          given.forEach(answer -> answers.post(session, answer));
          return given;
        });
  }

  private void apply(@Nullable StepEvent event, String run, RunState state) {
    if (event != null) {
      state.apply(new JournalRecord(state.lastSeq() + 1, clock.instant(), run, event));
    }
  }

  @Override
  public List<PostedAnswer> posted(String run) {
    return new Answers(server, run).pending();
  }

  @Override
  public List<RunSummary> list() {
    return schema.isThere() ? Owners.list(server) : List.of();
  }

  @Override
  public Claim claim(String what, String claimHolder) {
    schema.make();
    return ownership.claim(what, claimHolder + ", ");
  }

  private void requireRun(String run) {
    boolean there =
        RunId.isValid(run)
            && schema.isThere()
            && !server
                .read("SELECT 1 FROM pgrunbook.runs WHERE run = ?", StoreServer.text(run))
                .isEmpty();
    if (!there) {
      throw UnknownRun.absent(run, place());
    }
  }

  private RunIdTaken taken(String run) {
    return new RunIdTaken(run, place());
  }

  @Override
  public void close() {
    ownership.close();
    server.close();
  }
}
