package dev.pgrunbook.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories of a store: private to their owner, and as durable as the files in them. */
final class StoreDirectory {

  private StoreDirectory() {}

  /** Creates a directory with its parents, where they are missing. */
  static void create(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
    FileAttribute<?>[] onlyOwner =
        views.contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    Files.createDirectories(directory, onlyOwner);
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      force(parent);
    }
  }

  /** Makes the entries of a directory durable. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
