package dev.pgrunbook.journal;

import dev.pgrunbook.value.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run.
 *
 * <p>The simple name of each event is its name in the journal and in {@code --output jsonl}. Values
 * hold no secrets: a secret is masked before it gets here.
 */
public sealed interface RunEvent {

  /** An event of one step or item. */
  sealed interface StepEvent extends RunEvent {
    /** Returns the step or item it is about. */
    StepAddress address();
  }

  /** Returns a time as exactly as the journal keeps it. */
  private static @Nullable Instant micros(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * A run has begun.
   *
   * @param runbook the runbook's name
   * @param version the runbook's version
   * @param digest the runbook's digest
   * @param file the file it was loaded from, as given; null for a built-in
   * @param arguments every parameter with its value, secrets masked
   * @param targets each role with the connection that plays it, without passwords
   * @param program the version of this program
   * @param format the version of the journal's format
   * @param by the operator
   * @param host the machine
   * @param sources the runbook's files by name, with the digest under which each is stored beside
   *     the journal
   * @param plan the digest under which the plan that the run is held to is stored beside the
   *     journal; null for a run that follows none
   */
  record RunStarted(
      String runbook,
      String version,
      String digest,
      @Nullable String file,
      Map<String, Value> arguments,
      Map<String, Target> targets,
      String program,
      int format,
      String by,
      String host,
      Map<String, String> sources,
      @Nullable String plan)
      implements RunEvent {

    /** Makes the event of a run that follows no plan. */
    public RunStarted(
        String runbook,
        String version,
        String digest,
        @Nullable String file,
        Map<String, Value> arguments,
        Map<String, Target> targets,
        String program,
        int format,
        String by,
        String host,
        Map<String, String> sources) {
      this(
          runbook, version, digest, file, arguments, targets, program, format, by, host, sources,
          null);
    }

    public RunStarted {
      sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
      arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
      targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }
  }

  /**
   * The database that plays a role.
   *
   * @param connection what finds it again: a connection's name or a URI without its password
   * @param display what people read: host, port, database, user
   * @param server the version of its server when the run began; null when it could not be asked
   */
  record Target(String connection, String display, @Nullable String server) {

    /** Makes a target whose server was not asked. */
    public Target(String connection, String display) {
      this(connection, display, null);
    }
  }

  /**
   * A step, or an item of one, has begun, or goes on after it failed.
   *
   * @param anew whether what earlier executions did does not count: set where a block is run each
   *     time its occasion comes, such as {@code finally} and the steps of a stall
   * @param items how many items it has when it stands for a whole {@code forEach}; null otherwise
   * @param until when a {@code wait} ends; null for other kinds
   */
  record StepStarted(
      StepAddress address, boolean anew, @Nullable Integer items, @Nullable Instant until)
      implements StepEvent {
    public StepStarted {
      until = micros(until);
    }
  }

  /** A step or item is not run; the reason says why. */
  record StepSkipped(StepAddress address, String reason) implements StepEvent {}

  /**
   * A statement outside a transaction block is about to be sent.
   *
   * @param statement its index among the step's or item's statements, from one
   * @param sql the statement, secrets masked
   * @param digest SHA-256 of the statement as sent, with its values
   */
  record StatementStarted(
      StepAddress address,
      int statement,
      String sql,
      String digest,
      int backendPid,
      @Nullable Instant backendStart)
      implements StepEvent {
    public StatementStarted {
      backendStart = micros(backendStart);
    }
  }

  /**
   * The statements of a transaction have run and its COMMIT is about to be sent.
   *
   * @param statements their indexes among the step's or item's statements, from one
   * @param digest SHA-256 of the statements as sent, with their values
   * @param transaction what the server says of the transaction
   * @param outcomes what each statement did
   * @param saved the rows that the step saves once committed; null for none
   */
  record StatementPrepared(
      StepAddress address,
      List<Integer> statements,
      String digest,
      TransactionIdentity transaction,
      List<StatementResult> outcomes,
      @Nullable Value saved)
      implements StepEvent {
    public StatementPrepared {
      statements = List.copyOf(statements);
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * What identifies a transaction to any later session of the same cluster.
   *
   * @param xid the 64-bit transaction id
   * @param systemIdentifier of the cluster; null where the role may not read it
   * @param timeline of the cluster; null where the role may not read it
   * @param lsn the WAL insert position; null where the role may not read it
   * @param backendPid the server process
   * @param backendStart when that process started
   * @param serverStart when the server started
   * @param statisticsSince since when the server counts, which changes with every crash: after one,
   *     an id that was never flushed can be given out again, to another transaction; null where the
   *     server does not say
   */
  record TransactionIdentity(
      String xid,
      @Nullable String systemIdentifier,
      @Nullable Long timeline,
      @Nullable String lsn,
      int backendPid,
      @Nullable Instant backendStart,
      @Nullable Instant serverStart,
      @Nullable Instant statisticsSince) {
    public TransactionIdentity {
      backendStart = micros(backendStart);
      serverStart = micros(serverStart);
      statisticsSince = micros(statisticsSince);
    }
  }

  /**
   * What a statement did.
   *
   * @param command the command tag's words, such as {@code DROP INDEX}
   * @param rows how many rows it returned or changed; null when it tells none
   */
  record StatementResult(String command, @Nullable Long rows) {}

  /** The COMMIT of these statements is known to have happened. */
  record StatementCommitted(StepAddress address, List<Integer> statements) implements StepEvent {
    public StatementCommitted {
      statements = List.copyOf(statements);
    }
  }

  /**
   * Statements that need no settling have ended: alone, outside a transaction block, or in a
   * transaction that wrote nothing.
   */
  record StatementFinished(
      StepAddress address,
      List<Integer> statements,
      List<StatementResult> outcomes,
      @Nullable Value saved)
      implements StepEvent {
    public StatementFinished {
      statements = List.copyOf(statements);
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * The server refused a statement.
   *
   * @param statement its index from one; 0 for a statement that is no effect of the step, such as
   *     its {@code unless}
   * @param sql the statement, secrets masked
   * @param willRetry whether the transaction is tried again
   */
  record StatementFailed(
      StepAddress address, int statement, String sql, ServerError error, boolean willRetry)
      implements StepEvent {}

  /**
   * What the server said.
   *
   * @param sqlstate five characters
   * @param condition the condition's name, such as {@code lock_not_available}, or null
   * @param message the primary message
   * @param detail more, or null
   * @param hint what to do, or null
   * @param position the character of the statement, as it stands in the event, that it points at,
   *     from one; null for none
   * @param blockers who held the lock that was waited for
   */
  record ServerError(
      String sqlstate,
      @Nullable String condition,
      String message,
      @Nullable String detail,
      @Nullable String hint,
      @Nullable Integer position,
      List<String> blockers) {
    public ServerError {
      blockers = List.copyOf(blockers);
    }
  }

  /**
   * A variable has taken rows of the database.
   *
   * @param digest SHA-256 of the rows' JSON
   * @param count how many rows
   * @param value the rows, or the single value
   */
  record RowsSaved(StepAddress address, String variable, String digest, int count, Value value)
      implements StepEvent {}

  /**
   * Statements wait for a review.
   *
   * @param digest SHA-256 of exactly what is shown and would run
   * @param attachment the digest under which the statements are stored beside the journal
   * @param count how many statements
   */
  record ReviewRequested(StepAddress address, String digest, String attachment, int count)
      implements StepEvent {}

  /**
   * A review has been answered.
   *
   * @param digest of the statements that the answer is about: the shown ones, or the edited or
   *     picked ones
   * @param attachment where these are stored beside the journal
   */
  record ReviewAnswered(
      StepAddress address,
      String by,
      Answer answer,
      @Nullable String comment,
      String digest,
      String attachment)
      implements StepEvent {}

  /** An answer to a review or a gate. */
  enum Answer implements Word {
    APPROVED,
    REJECTED
  }

  /** What a gate is asked for. */
  enum GateKind implements Word {
    /** A {@code gate} step. */
    GATE,
    /** A {@code confirm} of a step of any kind. */
    CONFIRM,
    /** The first write to a protected target. */
    PROTECTED,
    /** A {@code manual} step. */
    MANUAL
  }

  /**
   * A question waits for a person.
   *
   * @param approvals how many people must approve; null when one will do
   */
  record GateRequested(
      StepAddress address, GateKind gate, String text, String digest, @Nullable Integer approvals)
      implements StepEvent {

    /** Returns how many people must approve. */
    public int needed() {
      return approvals == null ? 1 : approvals;
    }
  }

  /**
   * A person, or an option of the command line, has answered a question.
   *
   * @param by who; {@code --yes} and {@code --approve} are named in the comment
   */
  record GateAnswered(
      StepAddress address,
      GateKind gate,
      String by,
      Answer answer,
      @Nullable String comment,
      String digest)
      implements StepEvent {}

  /**
   * A probe has ended.
   *
   * @param outcome {@code reached}, {@code failed} or {@code timeout}; {@code stopped} when the run
   *     paused meanwhile, {@code interrupted} when its process died, after either of which it polls
   *     anew
   * @param samples how many polls
   * @param values the last values of its columns
   * @param curve the digest under which what it has seen is stored beside the journal, thinned out
   */
  record ProbeFinished(
      StepAddress address,
      String outcome,
      long samples,
      Map<String, Value> values,
      @Nullable String curve)
      implements StepEvent {
    public ProbeFinished {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Makes the end of a probe of which no curve was kept. */
    public ProbeFinished(
        StepAddress address, String outcome, long samples, Map<String, Value> values) {
      this(address, outcome, samples, values, null);
    }
  }

  /** A step or item is done. */
  record StepFinished(StepAddress address) implements StepEvent {}

  /** A step or item has failed; the message says why, in a sentence or several lines. */
  record StepFailed(StepAddress address, String message) implements StepEvent {}

  /** A person says that a step is done, or is to be tried again. */
  record OperatorMarked(StepAddress address, Mark mark, String reason, String by)
      implements StepEvent {}

  /** What an operator says of a step that is in doubt, has failed, or has not begun. */
  enum Mark implements Word {
    DONE,
    AGAIN
  }

  /**
   * A variable has taken a value that a person gave.
   *
   * @param by who set it by hand, a parameter perhaps; null where a step asked for it, or saves
   *     null
   */
  record VariableSet(StepAddress address, String variable, Value value, @Nullable String by)
      implements StepEvent {
    public VariableSet(StepAddress address, String variable, Value value) {
      this(address, variable, value, null);
    }
  }

  /**
   * An operator sends statements of his own, in one transaction, while the run waits for him. First
   * what is about to be sent is recorded, then what became of it.
   *
   * @param target the role they are sent to
   * @param sql the statements, secrets masked
   * @param progress how far it is
   * @param outcomes what each statement did; empty before it is done
   * @param error what the server said; null unless it failed
   */
  record OperatorSql(
      StepAddress address,
      String target,
      String sql,
      String by,
      SqlProgress progress,
      List<StatementResult> outcomes,
      @Nullable ServerError error)
      implements StepEvent {
    public OperatorSql {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** How far an operator's own statements are. */
  enum SqlProgress implements Word {
    /** About to be sent; without a later record of it nobody knows what became of it. */
    SENT,
    DONE,
    FAILED
  }

  /** An operator has noted something. */
  record OperatorNote(StepAddress address, String text, String by) implements StepEvent {}

  /** The run has stopped before its end and can be resumed. */
  record RunPaused(PauseReason reason, @Nullable String message) implements RunEvent {}

  /** Why a run stopped before its end. */
  enum PauseReason implements Word {
    /** A review or gate waits for an answer. */
    WAITING,
    REJECTED,
    /** The operator stopped it. */
    OPERATOR,
    /** Nobody can know whether a statement took effect. */
    IN_DOUBT,
    /** A database was lost or could not be reached. */
    ENVIRONMENT,
    /** What would run is not what the plan has that the run follows. */
    DIFFERS
  }

  /**
   * The run goes on.
   *
   * @param program the version of this program
   * @param format the version of the journal's format from here on
   * @param abort whether it goes on only to end: {@code finally} and no more; for good
   * @param digest the runbook's digest from now on
   * @param sources the runbook's files from now on, as in {@link RunStarted}
   * @param servers the version of each role's server now; of those that could be asked
   */
  record RunResumed(
      String by,
      String host,
      String program,
      int format,
      boolean abort,
      String digest,
      Map<String, String> sources,
      Map<String, String> servers)
      implements RunEvent {
    public RunResumed {
      sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
      servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    }

    /** Makes an event of a run whose servers were not asked. */
    public RunResumed(
        String by,
        String host,
        String program,
        int format,
        boolean abort,
        String digest,
        Map<String, String> sources) {
      this(by, host, program, format, abort, digest, sources, Map.of());
    }
  }

  /** The run has ended. */
  record RunFinished(Outcome outcome) implements RunEvent {}

  /** How a run ended. */
  enum Outcome implements Word {
    DONE,
    /** Failed; can be resumed. */
    FAILED,
    /** Given up for good. */
    ABORTED
  }
}
