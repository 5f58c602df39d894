package dev.pgrunbook.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/** A journal in a directory of its own: JSON Lines, one record a line, chained by hashes. */
final class FileJournal implements Journal {

  static final String FILE_NAME = "journal.jsonl";
  static final String LOCK_NAME = "lock";

  private final String run;
  private final Path file;
  private final Clock clock;
  private final RunStore.Claim ownership;
  private final FileAttachments attachments;
  private final FileChannel channel;
  private final RoomAhead room;
  private final JournalLines lines;
  private final RunState state;
  private boolean broken;
  private boolean dirty;

  private FileJournal(
      String run,
      Path directory,
      Clock clock,
      RunStore.Claim ownership,
      FileChannel channel,
      JournalLines lines,
      RunState state) {
    this.run = run;
    this.file = directory.resolve(FILE_NAME);
    this.clock = clock;
    this.ownership = ownership;
    this.attachments = new FileAttachments(directory);
    this.channel = channel;
    this.room = new RoomAhead(channel);
    this.lines = lines;
    this.state = state;
  }

  /**
   * Begins a journal in its directory.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one
   */
  static FileJournal create(String run, Path directory, Clock clock, RunStore.Claim ownership)
      throws IOException {
    FileChannel channel =
        StoreFiles.open(
            directory.resolve(FILE_NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    makeDurable(channel, directory, 0);
    JournalLines lines = new JournalFile(directory, run).lines();
    RunState state = RunState.empty();
    return new FileJournal(run, directory, clock, ownership, channel, lines, state);
  }

  /** Opens a journal to go on with it; a torn last record is cut off. */
  static FileJournal open(String run, Path directory, Clock clock, RunStore.Claim ownership)
      throws IOException {
    JournalFile written = new JournalFile(directory, run);
    RunState state = RunState.empty();
    written.read(state::apply);
    FileChannel channel = StoreFiles.open(directory.resolve(FILE_NAME), StandardOpenOption.WRITE);
    makeDurable(channel, directory, written.length());
    return new FileJournal(run, directory, clock, ownership, channel, written.lines(), state);
  }

  /** What is gone on from may not be lost: a process that died need not have flushed it. */
  private static void makeDurable(FileChannel channel, Path directory, long length)
      throws IOException {
    try {
      channel.truncate(length);
      channel.position(length);
      channel.force(true);
      StoreFiles.force(directory);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  @Override
  public JournalRecord append(RunEvent event) {
    refuseWhenBroken();
    JournalRecord entry = new JournalRecord(state.lastSeq() + 1, clock.instant(), run, event);
    ByteBuffer line = ByteBuffer.wrap(lines.write(entry));
    dirty = true;
    try {
      room.makeFor(line.remaining());
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException unwritable) {
      throw broken(unwritable);
    }
    state.apply(entry);
    return entry;
  }

  @Override
  public void flush() {
    refuseWhenBroken();
    try {
      if (dirty) {
        channel.force(false);
        dirty = false;
      }
    } catch (IOException unwritable) {
      throw broken(unwritable);
    }
  }

  private void refuseWhenBroken() {
    if (broken) {
      throw new JournalFailure(file + " could not be written before; the run must be resumed");
    }
  }

  /**
   * After a failed write nobody knows what the file holds, and after a failed flush the kernel may
   * have dropped what it held: a second flush that succeeds says nothing. Only reading it anew
   * tells.
   */
  private JournalFailure broken(IOException cause) {
    broken = true;
    return StoreFiles.failure("write", file, cause);
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
  public void keepDraft(String name, String text) {
    attachments.keepDraft(name, text);
  }

  @Override
  public String draft(String name) {
    return attachments.draft(name);
  }

  @Override
  public void close() {
    try (ownership;
        channel) {
      if (channel.isOpen() && !broken) {
        room.giveBack();
        flush();
      }
    } catch (IOException unwritable) {
      throw StoreFiles.failure("close", file, unwritable);
    } finally {
      broken = true;
    }
  }
}
