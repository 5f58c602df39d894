package dev.pgrunbook.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories of a store: private to their owner, and durable. */
final class StoreFiles {

  private StoreFiles() {}

  /** Creates a directory with its parents, durably, where they are missing. */
  static void createDirectory(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent == null || Files.isDirectory(absolute)) {
      return;
    }
    createDirectory(parent);
    Files.createDirectories(absolute, onlyOwner(absolute, "rwx------"));
    force(parent);
  }

  /** Opens a file that only its owner may read, where it is created. */
  static FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, Set.of(options), onlyOwner(file, "rw-------"));
  }

  private static FileAttribute<?>[] onlyOwner(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes the entries of a directory durable. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Returns a failure whose message says what could not be done, to what, and why.
   *
   * @param verb such as {@code read}
   */
  static JournalFailure failure(String verb, Path path, IOException cause) {
    return JournalFailure.outside("cannot " + verb + " " + path + ": " + reason(cause), cause);
  }

  /** The JDK's own message of these is the path and no more. */
  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    } else if (cause instanceof NoSuchFileException) {
      return "no such file or directory";
    } else if (cause instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
