package dev.pgrunbook.journal.postgres;

import dev.pgrunbook.database.Session;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.JournalLines;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunLocked;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run in a store's tables, written by whoever owns the run, in the session that
 * owns it.
 *
 * <p>What is appended waits in memory for the next flush, which is one transaction; nobody waits
 * for long: a thread of its own writes what has been left lying, so that others can follow. After a
 * connection was lost the server is asked whether the last transaction was its last word.
 */
final class PostgresJournal implements Journal {

  /** So many waiting records are written though nobody flushes. */
  private static final int MOST_WAITING = 1_000;

  private final String run;
  private final Clock clock;
  private final Ownership ownership;
  private final RunStore.Claim claim;
  private final PostgresAttachments attachments;
  private final JournalLines lines;
  private final RunState state;
  private final EventWriter writer;
  private final Caretaker caretaker;
  private final List<EventWriter.Line> waiting = new ArrayList<>();
  private boolean broken;

  /**
   * @param written the records that are there, read; what follows them is appended
   */
  PostgresJournal(
      String run,
      long epoch,
      Clock clock,
      Ownership ownership,
      RunStore.Claim claim,
      PostgresAttachments attachments,
      PostgresTail written,
      RunState state) {
    this.run = run;
    this.clock = clock;
    this.ownership = ownership;
    this.claim = claim;
    this.attachments = attachments;
    this.lines = written.lines();
    this.state = state;
    this.writer = new EventWriter(run, epoch, written.count());
    this.caretaker = new Caretaker(this::lookAfter);
  }

  @Override
  public JournalRecord append(RunEvent event) {
    synchronized (ownership) {
      refuseWhenBroken();
      JournalRecord entry = new JournalRecord(state.lastSeq() + 1, clock.instant(), run, event);
      byte[] line = lines.write(entry);
      String text = new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
      waiting.add(new EventWriter.Line(entry.seq(), event, text));
      if (waiting.size() >= MOST_WAITING) {
        write();
      }
      state.apply(entry);
      return entry;
    }
  }

  @Override
  public void flush() {
    synchronized (ownership) {
      refuseWhenBroken();
      write();
    }
  }

  private void write() {
    if (waiting.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      ownership.durably(this::write, this::find);
      written = true;
    } finally {
      broken |= !written;
    }
  }

  private Boolean write(Session session) {
    if (!writer.write(session, waiting)) {
      throw ownership.takenOver(session, "run " + run);
    }
    writer.hasWritten(waiting, waiting.size());
    return true;
  }

  /** What a lost transaction has left is the beginning of what waits, or nothing. */
  private @Nullable Boolean find(Session session) {
    List<List<Value>> rows = writer.after(session).rows();
    for (int i = 0; i < rows.size(); i++) {
      boolean own =
          i < waiting.size() && rows.get(i).get(0).display().equals(waiting.get(i).text());
      if (!own) {
        throw ownership.takenOver(session, "run " + run);
      }
    }
    writer.hasWritten(waiting, rows.size());
    return waiting.isEmpty() ? true : null;
  }

  /** Writes what waits, once; whoever appends next makes good for what fails. */
  private void lookAfter() {
    synchronized (ownership) {
      if (broken || waiting.isEmpty()) {
        ownership.lookAfter();
        return;
      }
      try {
        ownership.once(this::write, this::find);
      } catch (JournalFailure | RunLocked left) {
        return;
      }
    }
  }

  private void refuseWhenBroken() {
    if (broken) {
      throw new JournalFailure(
          "run " + run + " could not be written before; the run must be resumed");
    }
  }

  @Override
  public RunState state() {
    return state;
  }

  @Override
  public String attach(String content) {
    refuseWhenBroken();
    return attachments.attach(content);
  }

  @Override
  public String attachment(String digest) {
    return attachments.load(digest);
  }

  @Override
  public void keepDraft(String name, String text) {
    if (!broken) {
      attachments.keepDraft(name, text);
    }
  }

  @Override
  public String draft(String name) {
    return attachments.draft(name);
  }

  @Override
  public void close() {
    caretaker.close();
    synchronized (ownership) {
      try (claim) {
        if (!broken) {
          write();
        }
      } finally {
        broken = true;
      }
    }
  }
}
