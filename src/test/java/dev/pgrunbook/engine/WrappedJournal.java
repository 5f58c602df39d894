package dev.pgrunbook.engine;

import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunState;

/** A journal that hands everything on; what stands around it changes some of that. */
abstract class WrappedJournal implements Journal {

  private final Journal journal;

  WrappedJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public JournalRecord append(RunEvent event) {
    return journal.append(event);
  }

  @Override
  public void flush() {
    journal.flush();
  }

  @Override
  public RunState state() {
    return journal.state();
  }

  @Override
  public String attach(String content) {
    return journal.attach(content);
  }

  @Override
  public String attachment(String digest) {
    return journal.attachment(digest);
  }

  @Override
  public void keepDraft(String name, String text) {
    journal.keepDraft(name, text);
  }

  @Override
  public String draft(String name) {
    return journal.draft(name);
  }

  @Override
  public void close() {
    journal.close();
  }
}
