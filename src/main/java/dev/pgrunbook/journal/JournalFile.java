package dev.pgrunbook.journal;

import dev.pgrunbook.journal.EventJson.NewerFormat;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's file: JSON Lines, chained by hashes.
 *
 * <p>A last line without its line end was torn by a crash and does not count: nobody acts on a
 * record before it is flushed as a whole. Anything else that is wrong is damage, and nothing behind
 * it can be trusted.
 */
final class JournalFile {

  private final Path file;
  private final String run;
  private final EventJson events;
  private final HashChain chain = new HashChain();
  private long length;
  private long lines;
  private long torn;

  JournalFile(Path file, String run, EventJson events) {
    this.file = file;
    this.run = run;
    this.events = events;
  }

  /** Reads every whole record, in order. */
  void read(Consumer<JournalRecord> reader) {
    byte[] buffer = new byte[1 << 16];
    int filled = 0;
    try (InputStream in = Files.newInputStream(file)) {
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
        JournalRecord entry = decode(buffer, start, i);
        length += i + 1L - start;
        start = i + 1;
        reader.accept(entry);
      }
    }
    return start;
  }

  /** A write cut short leaves the beginning of a record; a whole one and more is no such thing. */
  private void checkTail(byte[] tail, int end) {
    torn = end;
    if (end > 0 && chain.continuesWith(tail, 0, end - 1)) {
      lines++;
      throw damaged("its line end is wrong", null);
    }
  }

  private JournalRecord decode(byte[] line, int start, int end) {
    lines++;
    if (!chain.accept(line, start, end)) {
      throw damaged("its hash does not match", null);
    }
    try {
      String text = new String(line, start, end - start, StandardCharsets.UTF_8);
      JournalRecord entry = events.read(text);
      check(entry);
      return entry;
    } catch (NewerFormat newer) {
      throw new JournalFailure(file + " " + newer.getMessage(), newer);
    } catch (IllegalArgumentException malformed) {
      throw damaged(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private void check(JournalRecord entry) {
    if (entry.seq() != lines) {
      throw new IllegalArgumentException("its seq is " + entry.seq());
    }
    if (!entry.run().equals(run)) {
      throw new IllegalArgumentException("it is of run " + entry.run());
    }
    if (entry.event() instanceof RunStarted != (lines == 1)) {
      throw new IllegalArgumentException("a run begins with RunStarted, and once");
    }
  }

  private JournalFailure damaged(String why, @Nullable Exception cause) {
    return new JournalFailure(
        file
            + " is damaged at line "
            + lines
            + ", byte "
            + length
            + ": "
            + why
            + ". Nothing from there on can be trusted, and the run is not resumed",
        cause);
  }

  /** Returns how many bytes the whole records take. */
  long length() {
    return length;
  }

  /** Returns how many bytes of a torn record follow them. */
  long torn() {
    return torn;
  }

  /** Returns the chain up to the last whole record. */
  HashChain chain() {
    return chain;
  }
}
