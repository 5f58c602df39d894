package dev.pgrunbook.journal;

/**
 * The record of one run, open for appending by exactly one process.
 *
 * <p>An append may stay in memory until the next {@link #flush}; whoever tells somebody something
 * final, or is about to have an effect that the record must outlive, flushes first. After a failure
 * to append or to flush, every later append and flush fails.
 *
 * <p>One thread at a time; a thread that is interrupted while it appends breaks the journal.
 */
public interface Journal extends AutoCloseable {

  /**
   * Appends an event.
   *
   * @throws JournalFailure when the store cannot take it; the run must stop
   */
  JournalRecord append(RunEvent event);

  /**
   * Returns once everything appended is durable.
   *
   * @throws JournalFailure when the store cannot keep it; the run must stop
   */
  void flush();

  /** Returns the state that follows from everything appended so far. */
  RunState state();

  /**
   * Stores a text beside the journal, durably, and returns its SHA-256 in hexadecimal, under which
   * it is found again.
   *
   * @throws JournalFailure when the store cannot keep it
   */
  String attach(String content);

  /**
   * Returns a text that was stored beside the journal.
   *
   * @throws JournalFailure when it is missing or does not match its digest
   */
  String attachment(String digest);

  /**
   * Keeps a text beside the journal under a name, instead of the one before; an empty one for none.
   * Nothing depends on it: it may be lost, and what hinders it is no failure.
   */
  void keepDraft(String name, String text);

  /** Returns what is kept under a name; the empty text for nothing. */
  String draft(String name);

  @Override
  void close();
}
