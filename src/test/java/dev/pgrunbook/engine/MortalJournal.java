package dev.pgrunbook.engine;

import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;

/** A journal whose process dies at one of its appends; nothing of it happens afterwards. */
class MortalJournal extends WrappedJournal {

  /** Whether the last record still reaches the file. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** What the process dies of; nobody catches it. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Moment moment;
  private int left;

  /** Dies at an append, counted from one. */
  MortalJournal(Journal journal, int append, Moment moment) {
    super(journal);
    this.left = append;
    this.moment = moment;
  }

  /** Returns how many appends are left until death; not more than zero when it is dead. */
  int left() {
    return left;
  }

  @Override
  public JournalRecord append(RunEvent event) {
    left--;
    if (left < 0 || (left == 0 && moment == Moment.BEFORE)) {
      throw new Death();
    }
    JournalRecord entry = super.append(event);
    if (left == 0) {
      throw new Death();
    }
    return entry;
  }

  @Override
  public void flush() {
    if (left > 0) {
      super.flush();
    }
  }
}
