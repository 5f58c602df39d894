package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.RunReport;
import java.io.PrintStream;
import java.time.ZoneId;
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
    RecordedRun recorded = RecordedRun.read(run, setup, entry -> {});
    Surroundings surroundings = setup.surroundings();
    try (Screen screen = Terminals.screen(surroundings)) {
      RunReport report =
          new RunReport(
              Terminals.theme(surroundings),
              Glyphs.of(surroundings.environment()),
              screen.columns(),
              ZoneId.systemDefault());
      report
          .lines(recorded.state(), recorded.status(), recorded.runbook())
          .forEach(surroundings.out()::println);
      toReview(run, recorded.state(), setup);
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
}
