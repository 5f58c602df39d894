package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.JsonLines;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.journal.JournalRecord;
import dev.pgrunbook.journal.PostedAnswer;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.RunReport;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Tells what happened in a run, or what happens in it. */
final class ShowCommand extends StoreCommand {

  @Override
  void declare(CommandSpec spec) {
    spec.addPositional(RunChoice.position("1"));
    spec.addOption(RunFlags.flag("--follow", "Tell what happens until the run ends or Ctrl-C."));
    spec.addOption(
        RunFlags.one("--output", "text|jsonl", "What is printed: text, or one event a line."));
    RunFlags.declareStore(spec);
  }

  @Override
  @Nullable String mistake(ParseResult arguments) {
    return RunFlags.outputMistake(arguments);
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    String run = arguments.matchedPositionalValue(0, "");
    boolean jsonLines = RunFlags.isJsonLines(arguments);
    if (arguments.hasMatchedOption("--follow")) {
      return new Following(run, setup).follow(jsonLines);
    }
    if (jsonLines) {
      setup
          .store()
          .read(run, new JsonLines(setup.surroundings().out(), run, Clock.systemUTC())::recorded);
    } else {
      show(run, setup);
    }
    return ExitCode.DONE;
  }

  private static void show(String run, RunSetup setup) {
    RecordedRun recorded = RecordedRun.read(run, setup, entry -> {});
    takeNote(run, recorded.state(), setup);
    Surroundings surroundings = setup.surroundings();
    try (Screen screen = Terminals.screen(surroundings)) {
      RunReport report =
          new RunReport(
              Terminals.theme(surroundings),
              Glyphs.of(surroundings.environment()),
              screen.columns(),
              Terminals.isInteractive() ? screen.columns() : Integer.MAX_VALUE,
              ZoneId.systemDefault(),
              setup.storeOption());
      report
          .lines(recorded.state(), recorded.status(), recorded.runbook())
          .forEach(surroundings.out()::println);
      toReview(run, recorded.state(), setup);
    }
  }

  /** What people have answered counts, though the run has not taken note of it yet. */
  private static void takeNote(String run, RunState state, RunSetup setup) {
    Instant last = state.lastAt();
    for (PostedAnswer answer : setup.store().posted(run)) {
      StepEvent event = answer.event(state);
      if (event != null && last != null) {
        state.apply(new JournalRecord(state.lastSeq() + 1, last, run, event));
      }
    }
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
