package dev.pgrunbook.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A claim by a lock of the operating system on a file, which names its holder.
 *
 * <p>The lock ends with its process, however that ends; the file stays. Two bytes are locked, both
 * behind the holder's name: the first is touched by claimants alone, so that whoever only looks
 * makes no claimant believe that somebody else was first; the second is what onlookers try.
 */
final class FileClaim implements RunStore.Claim {

  private static final long CLAIM = 1L << 40;
  private static final long SIGN = CLAIM + 1;

  /**
   * What this process holds, and who in it.
   *
   * <p>POSIX knows locks of processes, not of channels: closing any channel of a file gives back
   * every lock that the process has on it. A file that is held here must not be opened again, by
   * whatever store of this process; so this, like those locks, is one for the process.
   */
  private static final Map<Path, String> HELD_HERE = new HashMap<>();

  private final Path key;
  private final FileChannel channel;

  private FileClaim(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Claims a file.
   *
   * @throws RunLocked when it is held; names the holder
   */
  static FileClaim claim(Path file, String what, String holder) {
    synchronized (HELD_HERE) {
      try {
        Path key = key(file);
        String here = HELD_HERE.get(key);
        if (here != null) {
          throw new RunLocked(what + " is held by " + here);
        }
        FileClaim claim = new FileClaim(key, lock(file, what, holder));
        HELD_HERE.put(key, holder);
        return claim;
      } catch (IOException unwritable) {
        throw StoreFiles.failure("lock", file, unwritable);
      }
    }
  }

  private static FileChannel lock(Path file, String what, String holder) throws IOException {
    FileChannel channel =
        StoreFiles.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      if (channel.tryLock(CLAIM, 1, false) == null) {
        throw new RunLocked(what + " is held by " + holder(channel));
      }
      // Onlookers have it for as long as it takes to give it back.
      channel.lock(SIGN, 1, false);
      name(channel, holder);
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static void name(FileChannel channel, String holder) throws IOException {
    byte[] name = (holder + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(name);
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    channel.truncate(name.length);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4096);
    int count = 0;
    while (count >= 0 && bytes.hasRemaining()) {
      count = channel.read(bytes, bytes.position());
    }
    String name =
        new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
            .lines()
            .findFirst()
            .orElse("");
    return name.isBlank() ? "another process" : name;
  }

  /** Returns whether some process holds a file; disturbs nobody. */
  static boolean isHeld(Path file) {
    return holderOf(file) != null;
  }

  /** Returns the process that holds a file, or null when none does; disturbs nobody. */
  static @Nullable String holderOf(Path file) {
    synchronized (HELD_HERE) {
      try {
        String here = HELD_HERE.get(key(file));
        if (here != null) {
          return here;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          return channel.tryLock(SIGN, 1, true) == null ? holder(channel) : null;
        }
      } catch (NoSuchFileException neverHeld) {
        return null;
      } catch (IOException unreadable) {
        throw StoreFiles.failure("read", file, unreadable);
      }
    }
  }

  private static Path key(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.exists(directory)) {
      throw new NoSuchFileException(file.toString());
    }
    return directory.toRealPath().resolve(file.getFileName());
  }

  @Override
  public void close() {
    synchronized (HELD_HERE) {
      if (!channel.isOpen()) {
        return;
      }
      try {
        HELD_HERE.remove(key);
        channel.close();
      } catch (IOException unreleased) {
        throw StoreFiles.failure("release the lock on", key, unreleased);
      }
    }
  }
}
