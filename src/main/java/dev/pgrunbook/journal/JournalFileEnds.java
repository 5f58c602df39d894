package dev.pgrunbook.journal;

import dev.pgrunbook.journal.JournalEnds.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads the beginning and the end of a journal's file, which may grow meanwhile. */
final class JournalFileEnds {

  private static final int BLOCK = 1 << 13;

  private final Path file;
  private final FileChannel channel;

  private JournalFileEnds(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Returns the ends; null when not even the first record is whole.
   *
   * @throws JournalFailure when they are damaged or cannot be read
   */
  static @Nullable JournalEnds read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new JournalFileEnds(file, channel).ends();
    } catch (IOException unreadable) {
      throw StoreFiles.failure("read", file, unreadable);
    }
  }

  private @Nullable JournalEnds ends() throws IOException {
    long end = lineEndBefore(channel.size());
    if (end == 0) {
      return null;
    }
    End first = end(0, firstLineEnd(end));
    long start = lineEndBefore(end - 1);
    End last = start == 0 ? first : end(start, end);
    End move = last;
    while (start > 0 && move.isAnswer()) {
      long next = start;
      start = lineEndBefore(next - 1);
      move = start == 0 ? first : end(start, next);
    }
    return new JournalEnds(first, last, move);
  }

  /** Of the line before, its hash is all that is needed. */
  private byte @Nullable [] hashBefore(long position) throws IOException {
    return position == 0 ? null : bytes(Math.max(0, position - HashChain.SUFFIX - 1), position - 1);
  }

  /** Returns the position behind the last line end before a position; 0 when there is none. */
  private long lineEndBefore(long position) throws IOException {
    for (long end = position; end > 0; end = Math.max(0, end - BLOCK)) {
      long start = Math.max(0, end - BLOCK);
      byte[] block = bytes(start, end);
      for (int i = block.length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return start + i + 1;
        }
      }
    }
    return 0;
  }

  private long firstLineEnd(long limit) throws IOException {
    for (long start = 0; start < limit; start += BLOCK) {
      byte[] block = bytes(start, Math.min(limit, start + BLOCK));
      for (int i = 0; i < block.length; i++) {
        if (block[i] == '\n') {
          return start + i + 1;
        }
      }
    }
    throw new IOException("it was cut while it was read");
  }

  private byte[] bytes(long start, long end) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end - start));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, start + bytes.position()) < 0) {
        throw new IOException("it was cut while it was read");
      }
    }
    return bytes.array();
  }

  private End end(long start, long end) throws IOException {
    try {
      return End.of(hashBefore(start), bytes(start, end - 1));
    } catch (IllegalArgumentException damaged) {
      throw new JournalFailure(file + " is damaged in the record at byte " + start, damaged);
    }
  }
}
