package dev.pgrunbook.cli.follow;

import dev.pgrunbook.database.StatementProgress;
import dev.pgrunbook.engine.ProbeSample;
import dev.pgrunbook.engine.RunListener;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.StepAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a file of metrics for Prometheus, as its node exporter collects from a directory: written
 * beside and moved into place, so that nobody reads half of it.
 */
public final class MetricsFile implements RunListener, AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final Path file;
  private final RunMetrics metrics;
  private final Consumer<String> complaints;
  private final ScheduledThreadPoolExecutor thread;
  private final ScheduledFuture<?> writing;
  private boolean changed;
  private boolean complained;

  /**
   * @param complaints is told once why the file cannot be written
   */
  public MetricsFile(Path file, String run, Consumer<String> complaints) {
    this.file = file;
    this.metrics = new RunMetrics(run);
    this.complaints = complaints;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "metrics");
              made.setDaemon(true);
              return made;
            });
    this.writing =
        thread.scheduleWithFixedDelay(
            this::write, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void recorded(JournalRecord entry) {
    metrics.take(entry);
    changed = true;
  }

  @Override
  public synchronized void sampled(ProbeSample sample) {
    metrics.take(sample);
    changed = true;
  }

  @Override
  public synchronized void progressed(StepAddress address, Instant at, StatementProgress progress) {
    metrics.take(address, progress);
    changed = true;
  }

  @Override
  public synchronized void blocked(StepAddress address, List<String> blockers) {
    metrics.blocked(address, blockers.size());
    changed = true;
  }

  private synchronized void write() {
    if (!changed) {
      return;
    }
    changed = false;
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.writeString(unfinished, metrics.text());
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      if (!complained) {
        complained = true;
        complaints.accept(
            "the metrics cannot be written to "
                + file
                + " ("
                + unwritable.getClass().getSimpleName()
                + ")");
      }
    }
  }

  /** Writes them a last time. */
  @Override
  public void close() {
    writing.cancel(false);
    thread.shutdown();
    write();
  }
}
