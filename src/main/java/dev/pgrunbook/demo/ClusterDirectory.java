package dev.pgrunbook.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one cluster, and the record of who started it: enough for anybody later to tell
 * whether it was abandoned, and to end it.
 */
final class ClusterDirectory {
  /** The process id of the Java process, and the directory of PostgreSQL's programs. */
  private static final String OWNER = "owner";

  /**
   * Locked as long as the owner lives, however it ends: the system releases the lock. Closing any
   * channel to a file gives up the whole process's lock on it, so the owner never opens it again.
   */
  private static final String LOCK = "lock";

  private final Path path;
  private final @Nullable FileChannel lock;

  private ClusterDirectory(Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes one that belongs to this Java process. */
  static ClusterDirectory create(
      WorkDirectory work, UnprivilegedAccount account, Path binDirectory) {
    try {
      // The record comes into being with the directory's final name, never after it.
      Path unnamed = Files.createTempDirectory(work.subdirectory("starting"), "cluster");
      FileChannel lock =
          FileChannel.open(
              unnamed.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      lock.lock();
      Files.writeString(
          unnamed.resolve(OWNER),
          ProcessHandle.current().pid() + "\n" + binDirectory + "\n",
          StandardCharsets.UTF_8);
      account.own(unnamed);
      Path path = work.subdirectory("clusters").resolve(unnamed.getFileName().toString());
      Files.move(unnamed, path);
      return new ClusterDirectory(path, lock);
    } catch (IOException failure) {
      throw new ClusterException("cannot create a cluster's directory", failure);
    }
  }

  /** Ends and removes the clusters whose Java process is gone and which nobody meant to keep. */
  static void removeAbandoned(WorkDirectory work, UnprivilegedAccount account) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(work.subdirectory("clusters"))) {
      for (Path path : all) {
        ClusterDirectory directory = new ClusterDirectory(path, null);
        if (directory.isAbandoned()) {
          directory.dispose(account);
        }
      }
    } catch (IOException failure) {
      throw new ClusterException("cannot read " + work.root(), failure);
    }
  }

  Path path() {
    return path;
  }

  Path data() {
    return path.resolve("data");
  }

  Path logFile() {
    return path.resolve("log");
  }

  String log() {
    try {
      return Files.readString(logFile(), StandardCharsets.UTF_8);
    } catch (NoSuchFileException notStarted) {
      return "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** From now on this cluster is nobody's to clean up. */
  void keep() {
    try {
      Files.deleteIfExists(path.resolve(OWNER));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * The running postmaster of this directory. A number in {@code postmaster.pid} may have been
   * given to somebody else since: the process has to name this data directory as its own.
   */
  Optional<ProcessHandle> postmaster() {
    List<String> lines = lines(data().resolve("postmaster.pid"));
    if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(process -> namesThisDirectory(process.info()));
  }

  void dispose(UnprivilegedAccount account) {
    postmaster().ifPresent(process -> end(process, account));
    WorkDirectory.remove(path);
    closeLock();
  }

  private void closeLock() {
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void end(ProcessHandle postmaster, UnprivilegedAccount account) {
    List<String> owner = lines(path.resolve(OWNER));
    String program = owner.size() < 2 ? "pg_ctl" : Path.of(owner.get(1), "pg_ctl").toString();
    List<String> stop =
        List.of(
            program, "stop", "--mode=immediate", "--wait", "--timeout=20", "--pgdata=" + data());
    // Not from within the directory: another process may be removing it at this moment.
    Path here = Objects.requireNonNull(path.getParent());
    ServerProgram.Outcome outcome = ServerProgram.attempt(here, account.command(stop));
    if (!outcome.succeeded() && postmaster.isAlive()) {
      // Its children see its death within moments and end, too.
      postmaster.destroyForcibly();
      postmaster.onExit().join();
    }
  }

  private boolean namesThisDirectory(ProcessHandle.Info process) {
    String directory = data().toString();
    return process
        .arguments()
        .map(arguments -> List.of(arguments).contains(directory))
        .or(() -> process.commandLine().map(line -> line.contains(directory)))
        .orElse(false);
  }

  private boolean isAbandoned() {
    List<String> owner = lines(path.resolve(OWNER));
    if (owner.size() < 2 || owner.get(0).equals(Long.toString(ProcessHandle.current().pid()))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (IOException vanished) {
      return false;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
