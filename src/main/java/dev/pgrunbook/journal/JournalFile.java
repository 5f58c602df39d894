package dev.pgrunbook.journal;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.pgrunbook.value.ValueJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a journal's file: JSON Lines, chained by hashes.
 *
 * <p>A last line without its line end was torn by a crash and does not count. Anything else that is
 * wrong is damage, and nothing behind it can be trusted.
 */
final class JournalFile {

  private final Path file;
  private final EventJson events;
  private final HashChain chain = new HashChain();
  private long length;
  private long lines;
  private boolean torn;

  JournalFile(Path file, EventJson events) {
    this.file = file;
    this.events = events;
  }

  /** Reads every whole record, in order. */
  void read(Consumer<JournalRecord> reader) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          reader.accept(decode(line.toByteArray()));
          length += line.size() + 1L;
          line.reset();
        } else {
          line.write(next);
        }
      }
      torn = line.size() > 0;
    } catch (IOException unreadable) {
      throw new JournalFailure("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private JournalRecord decode(byte[] bytes) {
    lines++;
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!chain.accept(line)) {
        throw damaged("its hash does not match", null);
      }
      JsonObject object = ValueJson.parseTree(line).getAsJsonObject();
      return events.read(object);
    } catch (CharacterCodingException | JsonParseException | IllegalArgumentException malformed) {
      throw damaged(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private JournalFailure damaged(String why, @org.jspecify.annotations.Nullable Exception cause) {
    String message =
        file
            + " is damaged at line "
            + lines
            + ", byte "
            + length
            + ": "
            + why
            + ". Nothing from there on can be trusted, and the run is not resumed";
    return cause == null ? new JournalFailure(message) : new JournalFailure(message, cause);
  }

  /** Returns how many bytes the whole records take. */
  long length() {
    return length;
  }

  /** Returns whether a torn record follows them. */
  boolean isTorn() {
    return torn;
  }

  /** Returns the chain up to the last whole record. */
  HashChain chain() {
    return chain;
  }
}
