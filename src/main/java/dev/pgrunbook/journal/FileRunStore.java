package dev.pgrunbook.journal;

import dev.pgrunbook.journal.JournalEnds.End;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.model.RunbookDigest;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A directory of journals: {@code runs/RUN/journal.jsonl}, and locks beside them. */
public final class FileRunStore implements RunStore {

  private static final Comparator<RunSummary> OLDEST_FIRST =
      Comparator.comparing(RunSummary::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(RunSummary::run);

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
    if (!RunId.isValid(run)) {
      throw new IllegalArgumentException("no id of a run: " + run);
    }
    Path runDirectory = runDirectory(run);
    createDirectory(runDirectory);
    Claim ownership;
    try {
      ownership = FileClaim.claim(lockFile(run), "run " + run, holder);
    } catch (RunLocked begunJustNow) {
      throw taken(run);
    }
    return owned(ownership, run, () -> FileJournal.create(run, runDirectory, clock, ownership));
  }

  @Override
  public Journal open(String run) {
    requireRun(run);
    Claim ownership = FileClaim.claim(lockFile(run), "run " + run, holder);
    Path runDirectory = runDirectory(run);
    return owned(
        ownership,
        run,
        () -> {
          Journal journal = FileJournal.open(run, runDirectory, clock, ownership);
          if (journal.state().started() == null) {
            journal.close();
            throw neverBegun(run);
          }
          return journal;
        });
  }

  /** What needs a claim. */
  private interface Opening {
    Journal open() throws IOException;
  }

  /** A claim is given back when what it was made for cannot be had. */
  private Journal owned(Claim claim, String run, Opening opening) {
    boolean opened = false;
    try {
      Journal journal = opening.open();
      opened = true;
      return journal;
    } catch (FileAlreadyExistsException existing) {
      throw taken(run);
    } catch (IOException unusable) {
      throw StoreFiles.failure("open", file(run), unusable);
    } finally {
      if (!opened) {
        claim.close();
      }
    }
  }

  private RunIdTaken taken(String run) {
    return new RunIdTaken("there is a run " + run + " already in " + directory);
  }

  private UnknownRun neverBegun(String run) {
    return new UnknownRun("run " + run + " in " + directory + " never began: nothing was done");
  }

  @Override
  public RunState read(String run, Consumer<JournalRecord> reader) {
    requireRun(run);
    RunState state = RunState.empty();
    EventJson events = EventJson.stored(new FileAttachments(runDirectory(run)));
    new JournalFile(file(run), run, events)
        .read(
            entry -> {
              state.apply(entry);
              reader.accept(entry);
            });
    if (state.started() == null) {
      throw neverBegun(run);
    }
    return state;
  }

  @Override
  public JournalAudit audit(String run) {
    requireRun(run);
    EventJson events = EventJson.stored(new FileAttachments(runDirectory(run)));
    return JournalAudit.of(new JournalFile(file(run), run, events));
  }

  @Override
  public String attachment(String run, String digest) {
    requireRun(run);
    return new FileAttachments(runDirectory(run)).load(digest);
  }

  @Override
  public List<RunSummary> list() {
    Path runs = directory.resolve("runs");
    List<RunSummary> summaries = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(runs)) {
      for (Path each : directories) {
        String run = each.getFileName().toString();
        RunSummary summary = Files.isDirectory(each) && isRun(run) ? summary(run) : null;
        if (summary != null) {
          summaries.add(summary);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return summaries;
    } catch (DirectoryIteratorException unreadable) {
      throw new JournalFailure("cannot read " + runs + ": " + unreadable.getMessage(), unreadable);
    } catch (IOException unreadable) {
      throw StoreFiles.failure("read", runs, unreadable);
    }
    summaries.sort(OLDEST_FIRST);
    return summaries;
  }

  /** Returns what the ends of a journal tell; null of a run that never began. */
  private @Nullable RunSummary summary(String run) {
    try {
      boolean held = FileClaim.isHeld(lockFile(run));
      JournalEnds ends = JournalEnds.read(file(run));
      End first = ends.first();
      End last = ends.last();
      End move = ends.lastMove();
      if (first == null || last == null || move == null) {
        return null;
      }
      Status status = status(move);
      // Looked at before, so that a run that ends meanwhile, and after, so that one that goes on
      // meanwhile is not told as interrupted.
      held = held || (status == Status.INTERRUPTED && FileClaim.isHeld(lockFile(run)));
      return new RunSummary(
          run,
          JournalEnds.text(first, "runbook"),
          JournalEnds.text(first, "version"),
          held ? Status.RUNNING : status,
          first.at(),
          last.at(),
          JournalEnds.text(first, "by"));
    } catch (JournalFailure damaged) {
      return new RunSummary(run, null, null, Status.DAMAGED, null, null, null);
    }
  }

  private static Status status(End move) {
    return switch (move.event()) {
      case "RunPaused" -> Status.PAUSED;
      case "RunFinished" ->
          switch (JournalEnds.text(move, "outcome")) {
            case "done" -> Status.DONE;
            case "failed" -> Status.FAILED;
            case "aborted" -> Status.ABORTED;
            default -> Status.DAMAGED;
          };
      default -> Status.INTERRUPTED;
    };
  }

  @Override
  public Claim claim(String what, String claimHolder) {
    Path locks = directory.resolve("locks");
    createDirectory(locks);
    Path file = locks.resolve(RunbookDigest.sha256(what));
    return FileClaim.claim(file, what, claimHolder + ", " + holder);
  }

  private static void createDirectory(Path path) {
    try {
      StoreFiles.createDirectory(path);
    } catch (IOException unwritable) {
      throw StoreFiles.failure("create the directory", path, unwritable);
    }
  }

  private Path runDirectory(String run) {
    return directory.resolve("runs").resolve(run);
  }

  private Path file(String run) {
    return runDirectory(run).resolve(FileJournal.FILE_NAME);
  }

  private Path lockFile(String run) {
    return runDirectory(run).resolve("lock");
  }

  /** What cannot be looked at is not taken for absent. */
  private boolean isRun(String run) {
    return RunId.isValid(run) && !Files.notExists(file(run));
  }

  private void requireRun(String run) {
    if (!isRun(run)) {
      throw new UnknownRun("there is no run " + run + " in " + directory);
    }
  }
}
