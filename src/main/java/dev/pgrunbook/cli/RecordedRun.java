package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.journal.RunSummary.Status;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run as a store has it, for commands that tell of it. */
record RecordedRun(String run, RunState state, Status status, @Nullable Runbook runbook) {

  /**
   * Reads a run.
   *
   * @param reader is given every record, in order
   */
  static RecordedRun read(String run, RunSetup setup, Consumer<JournalRecord> reader) {
    RunState state = setup.store().read(run, reader);
    return new RecordedRun(run, state, status(run, setup), runbook(run, state, setup));
  }

  private static Status status(String run, RunSetup setup) {
    for (RunSummary summary : setup.store().list()) {
      if (summary.run().equals(run)) {
        return summary.status();
      }
    }
    return Status.INTERRUPTED;
  }

  /** The runbook as the run has kept it; null when this program can no longer load it. */
  private static @Nullable Runbook runbook(String run, RunState state, RunSetup setup) {
    RunStarted started = state.started();
    if (started == null || state.sources().isEmpty()) {
      return null;
    }
    List<SourceFile> sources = new ArrayList<>();
    state
        .sources()
        .forEach(
            (name, digest) ->
                sources.add(new SourceFile(name, setup.store().attachment(run, digest))));
    Found found = setup.catalog().load(sources, started.file()).orNull();
    return found == null ? null : found.loaded().runbook();
  }
}
