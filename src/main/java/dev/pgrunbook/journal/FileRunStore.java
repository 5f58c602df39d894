package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.StepEvent;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A directory of journals: {@code runs/RUN/journal.jsonl}, and locks beside them. */
public final class FileRunStore implements RunStore {

  private static final Comparator<RunSummary> OLDEST_FIRST =
      Comparator.comparing(RunSummary::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(RunSummary::run);

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

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
  public String place() {
    return directory.toString();
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
      ownership = FileClaim.claim(lockFile(run), "run " + run, holderSince());
    } catch (RunLocked begunJustNow) {
      throw taken(run);
    }
    return owned(ownership, run, () -> FileJournal.create(run, runDirectory, clock, ownership));
  }

  @Override
  public Journal open(String run) {
    requireRun(run);
    Claim ownership = FileClaim.claim(lockFile(run), "run " + run, holderSince());
    Path runDirectory = runDirectory(run);
    return owned(
        ownership,
        run,
        () -> {
          Journal journal = FileJournal.open(run, runDirectory, clock, ownership);
          if (journal.state().started() == null) {
            journal.close();
            throw UnknownRun.neverBegun(run, place());
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
    return new RunIdTaken(run, place());
  }

  @Override
  public JournalTail tail(String run) {
    requireRun(run);
    return new JournalFile(runDirectory(run), run);
  }

  @Override
  public String attachment(String run, String digest) {
    requireRun(run);
    return new FileAttachments(runDirectory(run)).load(digest);
  }

  @Override
  public String draft(String run, String name) {
    requireRun(run);
    return new FileAttachments(runDirectory(run)).draft(name);
  }

  /** Its process is gone: only a run that stands still can be answered, and at once. */
  @Override
  public void answer(String run, Function<RunState, List<PostedAnswer>> deciding) {
    try (Journal journal = open(run)) {
      for (PostedAnswer answer : deciding.apply(journal.state())) {
        StepEvent event = answer.event(journal.state());
        if (event != null) {
          journal.append(event);
        }
      }
      journal.flush();
    }
  }

  /** Answers stand in the journal as soon as they are given. */
  @Override
  public List<PostedAnswer> posted(String run) {
    return List.of();
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
      String holder = FileClaim.holderOf(lockFile(run));
      JournalEnds ends = JournalFileEnds.read(file(run));
      if (ends == null) {
        return null;
      }
      // Looked at before, so that a run that ends meanwhile, and after, so that one that goes on
      // meanwhile is not told as interrupted.
      boolean again = holder == null && ends.status() == Status.INTERRUPTED;
      return ends.summary(run, again ? FileClaim.holderOf(lockFile(run)) : holder);
    } catch (JournalFailure damaged) {
      return RunSummary.damaged(run);
    }
  }

  @Override
  public Claim claim(String what, String claimHolder) {
    Path locks = directory.resolve("locks");
    createDirectory(locks);
    Path file = locks.resolve(RunbookDigest.sha256(what));
    return FileClaim.claim(file, what, claimHolder + ", " + holderSince());
  }

  private String holderSince() {
    return holder + ", since " + SECONDS.format(clock.instant()) + " UTC";
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
    return runDirectory(run).resolve(FileJournal.LOCK_NAME);
  }

  /** What cannot be looked at is not taken for absent. */
  private boolean isRun(String run) {
    return RunId.isValid(run) && !Files.notExists(file(run));
  }

  /** Whatever is open belongs to a journal or a claim. */
  @Override
  public void close() {}

  private void requireRun(String run) {
    if (!isRun(run)) {
      throw UnknownRun.absent(run, place());
    }
  }
}
