package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunSummary;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.RunReport;
import dev.pgrunbook.source.SourceFile;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Tells what happened in a run. */
final class ShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(RunChoice.position("1"));
    RunFlags.declareStore(spec);
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    RunSetup setup =
        RunSetup.prepare(
            arguments.matchedOptionValue("--store", (String) null), surroundings, messages);
    if (setup == null) {
      return ExitCode.INVALID;
    }
    String run = arguments.matchedPositionalValue(0, "");
    return StoreFailures.told(messages, () -> show(run, setup));
  }

  private static ExitCode show(String run, RunSetup setup) {
    RunState state = setup.store().read(run, entry -> {});
    Surroundings surroundings = setup.surroundings();
    try (Screen screen = Terminals.screen(surroundings)) {
      RunReport report =
          new RunReport(
              Terminals.theme(surroundings),
              Glyphs.of(surroundings.environment()),
              screen.columns(),
              ZoneId.systemDefault());
      report
          .lines(state, status(run, setup), runbook(run, state, setup))
          .forEach(surroundings.out()::println);
      toReview(run, state, setup);
    }
    return ExitCode.DONE;
  }

  /** Whoever approves from here must be able to read what they approve. */
  private static void toReview(String run, RunState state, RunSetup setup) {
    PrintStream out = setup.surroundings().out();
    state
        .steps()
        .forEach(
            (address, step) -> {
              ReviewRequested review = step.reviewRequested();
              if (step.isReviewWaiting() && review != null) {
                String json = setup.store().attachment(run, review.attachment());
                out.println();
                out.println("To review: " + address);
                GeneratedStatements.fromJson(json)
                    .statements()
                    .forEach(statement -> print(out, statement));
              }
            });
  }

  private static void print(PrintStream out, GeneratedStatements.Generated statement) {
    out.println("  " + DisplayText.lines(statement.sql()).replace("\n", "\n  ") + ";");
    statement
        .columns()
        .fields()
        .forEach(
            (name, value) ->
                out.println("    -- " + DisplayText.line(name + ": " + value.display())));
  }

  private static RunSummary.Status status(String run, RunSetup setup) {
    for (RunSummary summary : setup.store().list()) {
      if (summary.run().equals(run)) {
        return summary.status();
      }
    }
    return RunSummary.Status.INTERRUPTED;
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
