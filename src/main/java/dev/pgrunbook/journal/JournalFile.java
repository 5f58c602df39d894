package dev.pgrunbook.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's file: JSON Lines, chained by hashes.
 *
 * <p>A last line without its line end was torn by a crash, or is being written, and does not count:
 * nobody acts on a record before it is flushed as a whole. The same goes for {@linkplain Hole
 * holes} near the end. Anything else that is wrong is damage, and nothing behind it can be trusted.
 */
final class JournalFile implements JournalLines.Place, JournalTail {

  private static final int LOOKS = 3;

  private final Path file;
  private final Path lock;
  private final JournalLines lines;
  private long length;
  private long torn;
  private @Nullable Hole hole;

  /** Reads the journal in a run's directory. */
  JournalFile(Path directory, String run) {
    this.file = directory.resolve(FileJournal.FILE_NAME);
    this.lock = directory.resolve(FileJournal.LOCK_NAME);
    this.lines = new JournalLines(run, this, new FileAttachments(directory));
  }

  /** Reads every whole record behind those that have been read, in order. */
  @Override
  public void read(Consumer<JournalRecord> reader) {
    // A block that is written while it is read may look like a hole, and not when read again.
    for (int tries = 0; tries == 0 || (hole != null && tries < LOOKS); tries++) {
      hole = null;
      torn = 0;
      readOnce(reader);
    }
    if (hole != null) {
      hole.requireUnflushed();
    }
  }

  private void readOnce(Consumer<JournalRecord> reader) {
    byte[] buffer = new byte[1 << 16];
    int filled = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        InputStream in = Channels.newInputStream(channel.position(length))) {
      int count = in.read(buffer, 0, buffer.length);
      while (count >= 0) {
        int used = readLines(buffer, filled, filled + count, reader);
        filled += count - used;
        System.arraycopy(buffer, used, buffer, 0, filled);
        if (filled == buffer.length) {
          buffer = Arrays.copyOf(buffer, 2 * filled);
        }
        count = in.read(buffer, filled, buffer.length - filled);
      }
    } catch (IOException unreadable) {
      throw StoreFiles.failure("read", file, unreadable);
    }
    checkTail(buffer, filled);
  }

  /** Reads the whole lines of a buffer; returns how many bytes they take. */
  private int readLines(byte[] buffer, int searched, int end, Consumer<JournalRecord> reader) {
    int start = 0;
    for (int i = searched; i < end; i++) {
      if (buffer[i] == '\n') {
        if (isBehindHole(buffer, start, i)) {
          torn += i + 1L - start;
        } else {
          JournalRecord entry = lines.read(buffer, start, i);
          length += i + 1L - start;
          reader.accept(entry);
        }
        start = i + 1;
      }
    }
    return start;
  }

  private boolean isBehindHole(byte[] line, int start, int end) {
    if (hole != null) {
      hole.takeIn(line, start, end);
    } else if (Hole.isIn(line, start, end)) {
      hole = new Hole(lines.damagedNext("its hash does not match"));
    }
    return hole != null;
  }

  /** A write cut short leaves the beginning of a record; a whole one and more is no such thing. */
  private void checkTail(byte[] tail, int filled) {
    int end = filled;
    // Room that was made for records to come.
    while (end > 0 && tail[end - 1] == 0) {
      end--;
    }
    torn += end;
    if (hole == null && end > 0 && lines.isNext(tail, 0, end - 1)) {
      throw lines.damagedNext("its line end is wrong");
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public String line(long number) {
    return "line " + number + ", byte " + length;
  }

  /** Returns how many bytes the whole records take. */
  long length() {
    return length;
  }

  @Override
  public long torn() {
    return torn;
  }

  @Override
  public String hash() {
    return lines.hash();
  }

  /** Returns the lines that have been read, to go on with. */
  JournalLines lines() {
    return lines;
  }

  @Override
  public boolean isOwned() {
    return FileClaim.isHeld(lock);
  }

  @Override
  public void close() {}
}
