package dev.pgrunbook.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where this user's unpacked binaries and running clusters lie: a directory below {@code
 * java.io.tmpdir}, which the account that PostgreSQL runs as can reach, as a home directory often
 * cannot be.
 */
final class WorkDirectory {
  private final Path root;

  private WorkDirectory(Path root) {
    this.root = root;
  }

  static WorkDirectory ofThisUser() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return at(temporary.resolve("pgrunbook-" + System.getProperty("user.name")));
  }

  static WorkDirectory at(Path root) {
    try {
      Files.createDirectories(root);
      Path real = root.toRealPath();
      if (Files.isSymbolicLink(root) || !isOurs(real)) {
        throw new ClusterException(
            root + " belongs to somebody else; remove it or set -Djava.io.tmpdir");
      }
      setPermissions(real, "rwxr-xr-x");
      return new WorkDirectory(real);
    } catch (IOException failure) {
      throw new ClusterException("cannot create the directory " + root, failure);
    }
  }

  Path root() {
    return root;
  }

  Path subdirectory(String name) {
    Path directory = root.resolve(name);
    try {
      Files.createDirectories(directory);
      setPermissions(directory, "rwxr-xr-x");
    } catch (IOException failure) {
      throw new ClusterException("cannot create the directory " + directory, failure);
    }
    return directory;
  }

  static void setPermissions(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /** Removes a tree; what is gone already is no failure, so that two may remove the same one. */
  static void remove(Path tree) {
    try {
      Files.walkFileTree(tree, new Removal());
    } catch (NoSuchFileException gone) {
      // Nothing left to remove.
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A file made here is owned by us; the directory has to have the same owner. */
  private static boolean isOurs(Path directory) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return true;
    }
    Path probe = Files.createTempFile("pgrunbook", "");
    try {
      return Files.getOwner(probe).equals(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS));
    } finally {
      Files.delete(probe);
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path directory, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
      try (DirectoryStream<Path> rest = Files.newDirectoryStream(directory)) {
        // A server that is just ending may have written between the visit and now.
        for (Path late : rest) {
          remove(late);
        }
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
