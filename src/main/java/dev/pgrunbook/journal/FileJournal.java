package dev.pgrunbook.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A journal in a directory of its own: JSON Lines, one record a line, chained by hashes. */
final class FileJournal implements Journal {

  static final String FILE_NAME = "journal.jsonl";

  private final String run;
  private final Path file;
  private final Clock clock;
  private final RunStore.Claim ownership;
  private final FileAttachments attachments;
  private final EventJson events;
  private final RunState state = RunState.empty();
  private final FileChannel channel;
  private final HashChain chain;
  private boolean broken;
  private boolean dirty;

  private FileJournal(
      String run, Path directory, Clock clock, RunStore.Claim ownership, boolean create) {
    this.run = run;
    this.file = directory.resolve(FILE_NAME);
    this.clock = clock;
    this.ownership = ownership;
    this.attachments = new FileAttachments(directory.resolve("attachments"));
    this.events = new EventJson(attachments);
    JournalFile existing = new JournalFile(file, events);
    try {
      if (!create) {
        existing.read(state::apply);
      }
      this.channel =
          create
              ? FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
              : FileChannel.open(file, StandardOpenOption.WRITE);
      channel.truncate(existing.length());
      channel.position(existing.length());
      channel.force(true);
      StoreDirectory.force(directory);
    } catch (IOException unwritable) {
      throw new JournalFailure("cannot write " + file + ": " + unwritable.getMessage(), unwritable);
    }
    this.chain = existing.chain();
  }

  /** Begins a journal in an empty directory. */
  static FileJournal create(String run, Path directory, Clock clock, RunStore.Claim ownership) {
    return new FileJournal(run, directory, clock, ownership, true);
  }

  /** Opens a journal to go on with it; a torn last record is dropped. */
  static FileJournal open(String run, Path directory, Clock clock, RunStore.Claim ownership) {
    return new FileJournal(run, directory, clock, ownership, false);
  }

  @Override
  public JournalRecord append(RunEvent event) {
    if (broken) {
      throw new JournalFailure(file + " could not be written before; the run must be resumed");
    }
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    JournalRecord entry = new JournalRecord(state.lastSeq() + 1, at, run, event);
    String line = chain.seal(events.write(entry).toString()) + "\n";
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException unwritable) {
      throw broken(unwritable);
    }
    dirty = true;
    state.apply(entry);
    return entry;
  }

  @Override
  public void flush() {
    try {
      if (dirty) {
        channel.force(false);
        dirty = false;
      }
    } catch (IOException unwritable) {
      throw broken(unwritable);
    }
  }

  /** After a failed write nobody knows what the file holds; only reading it anew tells. */
  private JournalFailure broken(IOException cause) {
    broken = true;
    return new JournalFailure("cannot write " + file + ": " + cause.getMessage(), cause);
  }

  @Override
  public RunState state() {
    return state;
  }

  @Override
  public String attach(String content) {
    return attachments.attach(content);
  }

  @Override
  public String attachment(String digest) {
    return attachments.load(digest);
  }

  @Override
  public void close() {
    try (ownership) {
      if (!broken) {
        flush();
      }
      channel.close();
    } catch (IOException unwritable) {
      throw new JournalFailure("cannot close " + file + ": " + unwritable.getMessage(), unwritable);
    }
  }
}
