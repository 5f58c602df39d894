package dev.pgrunbook.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.pgrunbook.model.RunbookDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Texts beside a journal, each in a file named by its SHA-256. */
final class FileAttachments implements Attachments {

  static final String DIRECTORY_NAME = "attachments";

  private final Path directory;

  FileAttachments(Path runDirectory) {
    this.directory = runDirectory.resolve(DIRECTORY_NAME);
  }

  @Override
  public String attach(String content) {
    String digest = RunbookDigest.sha256(content);
    Path file = directory.resolve(digest);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      // A process that died may have left it without having made it durable, or somebody damaged.
      if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
        StoreFiles.createDirectory(directory);
        write(directory.resolve(digest + ".new"), file, bytes);
      }
      StoreFiles.force(directory);
    } catch (IOException unwritable) {
      throw StoreFiles.failure("write", file, unwritable);
    }
    return digest;
  }

  private static void write(Path unfinished, Path file, byte[] content) throws IOException {
    try (FileChannel channel = StoreFiles.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
      fill(channel, content);
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void fill(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void keepDraft(String name, String text) {
    String key = Attachments.draftKey(name);
    Path file = directory.resolve(key);
    Path unfinished = directory.resolve(key + ".new");
    try {
      if (text.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        StoreFiles.createDirectory(directory);
        try (FileChannel channel = StoreFiles.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
          fill(channel, text.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException unwritable) {
      // The journal is what a run needs; it says itself when it cannot be written.
      return;
    }
  }

  @Override
  public String draft(String name) {
    try {
      return Files.readString(directory.resolve(Attachments.draftKey(name)));
    } catch (IOException lost) {
      return "";
    }
  }

  @Override
  public String load(String digest) {
    // Anything else would lead out of the directory.
    if (!Attachments.isDigest(digest)) {
      throw new JournalFailure("\"" + digest + "\" is not the SHA-256 of an attachment");
    }
    Path file = directory.resolve(digest);
    String content;
    try {
      content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw new JournalFailure(file + " is missing, and the journal needs it");
    } catch (IOException unreadable) {
      throw StoreFiles.failure("read", file, unreadable);
    }
    if (!RunbookDigest.sha256(content).equals(digest)) {
      throw new JournalFailure(file + " is damaged: its content does not match its name");
    }
    return content;
  }
}
