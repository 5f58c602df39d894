package dev.pgrunbook.journal;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Where journals are kept. */
public interface RunStore extends AutoCloseable {

  /** Returns what people call the store: a directory, or a database without its password. */
  String place();

  /**
   * Begins a journal and owns it.
   *
   * @throws IllegalArgumentException when a run cannot have that id
   * @throws RunIdTaken when there is a run of that id
   * @throws JournalFailure when the store cannot be written
   */
  Journal create(String run);

  /**
   * Opens a journal to go on with it, and owns it until it is closed.
   *
   * @throws UnknownRun when there is no such run
   * @throws RunLocked when a process owns it, this one or another; names the owner
   * @throws JournalFailure when it is damaged, of a later format, or cannot be written
   */
  Journal open(String run);

  /**
   * Returns the state of a run as of now, whoever owns it.
   *
   * @param reader is given every record, in order
   * @throws UnknownRun when there is no such run
   * @throws JournalFailure when it is damaged
   */
  default RunState read(String run, Consumer<JournalRecord> reader) {
    RunState state = RunState.empty();
    try (JournalTail journal = tail(run)) {
      journal.read(
          entry -> {
            state.apply(entry);
            reader.accept(entry);
          });
    }
    if (state.started() == null) {
      throw UnknownRun.neverBegun(run, place());
    }
    return state;
  }

  /**
   * Returns the journal of a run to read on and on, whoever owns it.
   *
   * @throws UnknownRun when there is no such run
   */
  JournalTail tail(String run);

  /**
   * Verifies the record of a run as a whole, and tells who did what, when.
   *
   * @throws UnknownRun when there is no such run
   * @throws JournalFailure when it cannot be read; a damaged one is told by the audit
   */
  default JournalAudit audit(String run) {
    try (JournalTail journal = tail(run)) {
      return JournalAudit.of(journal);
    }
  }

  /**
   * Answers what a run asks, in the name of whoever acts through this store.
   *
   * @param deciding is given the state of the run, and returns the answers
   * @throws UnknownRun when there is no such run
   * @throws RunLocked when the store cannot answer a run whose process lives; names the process
   * @throws JournalFailure when the store cannot be read or written
   */
  void answer(String run, Function<RunState, List<PostedAnswer>> deciding);

  /**
   * Returns the answers that people have given and no record of the run tells yet, the oldest
   * first. Whoever owns the run turns them into records; see {@link PostedAnswer#event}.
   *
   * @throws JournalFailure when the store cannot be read
   */
  List<PostedAnswer> posted(String run);

  /**
   * Returns a text stored beside a run's journal.
   *
   * @throws JournalFailure when it is missing or damaged
   */
  String attachment(String run, String digest);

  /**
   * Returns a text that is kept beside a run's journal under a name; the empty text for nothing.
   *
   * @throws JournalFailure when the store cannot be read
   */
  String draft(String run, String name);

  /**
   * Returns every run that has begun, the oldest first; one whose beginning or end is damaged says
   * so. Journals are not read as a whole: {@link #audit} is what proves one.
   *
   * @throws JournalFailure when the store cannot be read
   */
  List<RunSummary> list();

  /**
   * Claims something for as long as the claim is not closed, such as a runbook with its targets.
   *
   * @throws RunLocked when a process holds it, this one or another; names the holder
   */
  Claim claim(String what, String holder);

  /** Closes what the store holds open; claims and journals are closed by whoever has them. */
  @Override
  void close();

  /** Something that only one process at a time may have. */
  interface Claim extends AutoCloseable {
    @Override
    void close();
  }
}
