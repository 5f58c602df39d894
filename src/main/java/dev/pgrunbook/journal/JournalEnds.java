package dev.pgrunbook.journal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The beginning and the end of a journal's file, which say where the run stands without its middle.
 *
 * <p>Only what is read is checked; damage in between shows when the journal is read as a whole.
 */
final class JournalEnds {

  /** A run that stands still may be given these, and goes on standing still. */
  private static final Set<String> ANSWERS =
      Set.of("ReviewAnswered", "GateAnswered", "OperatorMarked", "VariableSet");

  /** What a record at an end says, as far as a list of runs wants to know. */
  record End(Instant at, String event, JsonObject json) {}

  private final @Nullable End first;
  private final @Nullable End last;
  private final @Nullable End lastMove;

  private JournalEnds(@Nullable End first, @Nullable End last, @Nullable End lastMove) {
    this.first = first;
    this.last = last;
    this.lastMove = lastMove;
  }

  /**
   * Reads the ends of a journal, which may grow meanwhile.
   *
   * @throws JournalFailure when they are damaged or cannot be read
   */
  static JournalEnds read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new Reading(file, channel).ends();
    } catch (IOException unreadable) {
      throw StoreFiles.failure("read", file, unreadable);
    }
  }

  /** Returns the first record, or null when not even that is whole. */
  @Nullable End first() {
    return first;
  }

  /** Returns the last whole record, or null when there is none. */
  @Nullable End last() {
    return last;
  }

  /** Returns the last record by which the run itself moved or stopped, or null without one. */
  @Nullable End lastMove() {
    return lastMove;
  }

  /** One reading of one file. */
  private static final class Reading {

    private static final int BLOCK = 1 << 13;

    private final Path file;
    private final FileChannel channel;

    Reading(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    JournalEnds ends() throws IOException {
      long end = lineEndBefore(channel.size());
      if (end == 0) {
        return new JournalEnds(null, null, null);
      }
      long firstEnd = firstLineEnd(end);
      End first = end(new HashChain(), 0, bytes(0, firstEnd));
      End last = null;
      End move = null;
      while (move == null) {
        long start = lineEndBefore(end - 1);
        End one = start == 0 ? first : end(chainBefore(start), start, bytes(start, end));
        last = last == null ? one : last;
        move = start > 0 && ANSWERS.contains(one.event()) ? null : one;
        end = start;
      }
      return new JournalEnds(first, last, move);
    }

    private HashChain chainBefore(long position) throws IOException {
      return HashChain.after(bytes(Math.max(0, position - HashChain.SUFFIX - 1), position - 1));
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

    private End end(HashChain chain, long position, byte[] line) {
      if (!chain.accept(line, 0, line.length - 1)) {
        throw damaged(position);
      }
      try {
        String text = new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
        JsonObject json = StoredJson.parse(text).getAsJsonObject();
        String at = json.get("at").getAsString();
        return new End(JournalTime.read(at), json.get("event").getAsString(), json);
      } catch (RuntimeException malformed) {
        throw damaged(position);
      }
    }

    private JournalFailure damaged(long position) {
      return new JournalFailure(file + " is damaged in the record at byte " + position);
    }
  }

  /** Returns a text of a record, or the empty text. */
  static String text(End end, String key) {
    JsonElement element = end.json().get(key);
    return element instanceof JsonPrimitive text ? text.getAsString() : "";
  }
}
