package dev.pgrunbook.journal;

import java.util.List;
import java.util.function.Consumer;

/** Where journals are kept. */
public interface RunStore {

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
  RunState read(String run, Consumer<JournalRecord> reader);

  /**
   * Verifies the record of a run as a whole, and tells who did what, when.
   *
   * @throws UnknownRun when there is no such run
   * @throws JournalFailure when it cannot be read; a damaged one is told by the audit
   */
  JournalAudit audit(String run);

  /**
   * Returns a text stored beside a run's journal.
   *
   * @throws JournalFailure when it is missing or damaged
   */
  String attachment(String run, String digest);

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

  /** Something that only one process at a time may have. */
  interface Claim extends AutoCloseable {
    @Override
    void close();
  }
}
