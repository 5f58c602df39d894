package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.model.RunbookDigest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** A directory of journals: {@code runs/RUN/journal.jsonl}, and locks beside them. */
public final class FileRunStore implements RunStore {

  private final Path directory;
  private final Clock clock;
  private final String holder;

  /**
   * Uses a directory, which is created when the first run is.
   *
   * @param holder what other processes are told of this one: pid, user, host
   */
  public FileRunStore(Path directory, Clock clock, String holder) {
    this.directory = directory;
    this.clock = clock;
    this.holder = holder;
  }

  @Override
  public Journal create(String run) {
    Path runDirectory = directory(run);
    try {
      StoreDirectory.create(directory.resolve("runs"));
      if (Files.exists(runDirectory.resolve(FileJournal.FILE_NAME))) {
        throw new RunIdTaken("there is a run " + run + " already in " + directory);
      }
      StoreDirectory.create(runDirectory);
    } catch (IOException unwritable) {
      throw new JournalFailure(
          "cannot write the store " + directory + ": " + unwritable.getMessage(), unwritable);
    }
    Claim ownership = FileClaim.claim(lockFile(run), "run " + run, holder);
    return guarded(ownership, () -> FileJournal.create(run, runDirectory, clock, ownership));
  }

  @Override
  public Journal open(String run) {
    requireRun(run);
    Claim ownership = FileClaim.claim(lockFile(run), "run " + run, holder);
    return guarded(ownership, () -> FileJournal.open(run, directory(run), clock, ownership));
  }

  /** A claim is given back when what it was made for cannot be had. */
  private static Journal guarded(Claim claim, java.util.function.Supplier<Journal> opening) {
    boolean opened = false;
    try {
      Journal journal = opening.get();
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        claim.close();
      }
    }
  }

  @Override
  public RunState read(String run, Consumer<JournalRecord> reader) {
    requireRun(run);
    RunState state = RunState.empty();
    Path runDirectory = directory(run);
    FileAttachments attachments = new FileAttachments(runDirectory.resolve("attachments"));
    Path file = runDirectory.resolve(FileJournal.FILE_NAME);
    new JournalFile(file, new EventJson(attachments))
        .read(
            entry -> {
              state.apply(entry);
              reader.accept(entry);
            });
    return state;
  }

  @Override
  public String attachment(String run, String digest) {
    return new FileAttachments(directory(run).resolve("attachments")).load(digest);
  }

  @Override
  public List<RunSummary> list() {
    Path runs = directory.resolve("runs");
    List<RunSummary> summaries = new ArrayList<>();
    if (Files.isDirectory(runs)) {
      try (DirectoryStream<Path> directories = Files.newDirectoryStream(runs)) {
        for (Path each : directories) {
          if (Files.exists(each.resolve(FileJournal.FILE_NAME))) {
            summaries.add(summary(each.getFileName().toString()));
          }
        }
      } catch (IOException unreadable) {
        throw new JournalFailure(
            "cannot read the store " + runs + ": " + unreadable.getMessage(), unreadable);
      }
    }
    summaries.sort(
        Comparator.comparing(
                RunSummary::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(RunSummary::run));
    return summaries;
  }

  private RunSummary summary(String run) {
    try {
      RunState state = read(run, entry -> {});
      RunStarted started = state.started();
      if (started != null) {
        return new RunSummary(
            run,
            started.runbook(),
            started.version(),
            status(run, state),
            state.startedAt(),
            state.lastAt(),
            started.by());
      }
    } catch (JournalFailure damaged) {
      return new RunSummary(run, null, null, Status.DAMAGED, null, null, null);
    }
    return new RunSummary(run, null, null, Status.INTERRUPTED, null, null, null);
  }

  private Status status(String run, RunState state) {
    if (FileClaim.isHeld(lockFile(run))) {
      return Status.RUNNING;
    }
    if (state.outcome() != null) {
      return switch (state.outcome()) {
        case DONE -> Status.DONE;
        case FAILED -> Status.FAILED;
        case ABORTED -> Status.ABORTED;
      };
    }
    return state.paused() != null ? Status.PAUSED : Status.INTERRUPTED;
  }

  @Override
  public Claim claim(String what, String claimHolder) {
    Path locks = directory.resolve("locks");
    try {
      StoreDirectory.create(locks);
    } catch (IOException unwritable) {
      throw new JournalFailure(
          "cannot write the store " + directory + ": " + unwritable.getMessage(), unwritable);
    }
    Path file = locks.resolve(RunbookDigest.sha256(what));
    return FileClaim.claim(file, what, claimHolder + ", " + holder);
  }

  private Path directory(String run) {
    return directory.resolve("runs").resolve(run);
  }

  private Path lockFile(String run) {
    return directory(run).resolve("lock");
  }

  private void requireRun(String run) {
    if (!RunId.isValid(run) || !Files.exists(directory(run).resolve(FileJournal.FILE_NAME))) {
      throw new UnknownRun("there is no run " + run + " in " + directory);
    }
  }
}
