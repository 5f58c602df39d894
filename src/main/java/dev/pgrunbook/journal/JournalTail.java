package dev.pgrunbook.journal;

import java.util.function.Consumer;

/** A journal that is read on and on while its run goes on; it disturbs nobody. */
public interface JournalTail extends AutoCloseable {

  /**
   * Reads the records that have been appended since the last reading, in order.
   *
   * @throws JournalFailure when they are damaged, or cannot be read
   */
  void read(Consumer<JournalRecord> reader);

  /** Returns whether a process owns the run. */
  boolean isOwned();

  /** Returns the hash of the last record that was read. */
  String hash();

  /** Returns how many bytes of a record that was cut short were found behind that. */
  long torn();

  @Override
  void close();
}
