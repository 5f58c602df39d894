package dev.pgrunbook.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A claim by a lock of the operating system on a file, which names its holder.
 *
 * <p>The lock ends with its process, however that ends; the file stays.
 */
final class FileClaim implements RunStore.Claim {

  /** The lock lies behind the holder's name, which others may read while it is held. */
  private static final long LOCK_POSITION = 1L << 40;

  private final FileChannel channel;

  private FileClaim(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Claims a file.
   *
   * @throws RunLocked when another process holds it
   */
  static FileClaim claim(Path file, String what, String holder) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new RunLocked(what + " is held by " + Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
      return new FileClaim(channel);
    } catch (IOException unwritable) {
      throw new JournalFailure("cannot lock " + file + ": " + unwritable.getMessage(), unwritable);
    }
  }

  /** Returns whether some process holds a file. */
  static boolean isHeld(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock(channel) == null;
    } catch (IOException unknown) {
      return false;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCK_POSITION, 1, false);
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException unreleased) {
      throw new JournalFailure("cannot release a lock: " + unreleased.getMessage(), unreleased);
    }
  }
}
