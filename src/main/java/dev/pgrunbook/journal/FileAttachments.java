package dev.pgrunbook.journal;

import dev.pgrunbook.model.RunbookDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Texts beside a journal, each in a file named by its SHA-256. */
final class FileAttachments implements RecordJson.Attachments {

  /** What is longer than this many characters does not belong on a line. */
  private static final int INLINE = 64 * 1024;

  private final Path directory;

  FileAttachments(Path directory) {
    this.directory = directory;
  }

  @Override
  public @Nullable String store(String json) {
    return json.length() <= INLINE ? null : attach(json);
  }

  /** Stores a text durably. */
  String attach(String content) {
    String digest = RunbookDigest.sha256(content);
    Path file = directory.resolve(digest);
    if (Files.exists(file)) {
      return digest;
    }
    Path unfinished = directory.resolve(digest + ".new");
    try {
      StoreDirectory.create(directory);
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      StoreDirectory.force(directory);
    } catch (IOException unwritable) {
      throw new JournalFailure("cannot write " + file + ": " + unwritable.getMessage(), unwritable);
    }
    return digest;
  }

  @Override
  public String load(String digest) {
    Path file = directory.resolve(digest);
    String content;
    try {
      content = Files.readString(file);
    } catch (IOException unreadable) {
      throw new JournalFailure("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
    }
    if (!RunbookDigest.sha256(content).equals(digest)) {
      throw new JournalFailure(file + " is damaged: its content does not match its name");
    }
    return content;
  }
}
