package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.RunId;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.value.Value;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Runs a runbook from its beginning, by itself or, as {@code step}, step by step. */
final class RunCommand extends StoreCommand {

  private final boolean step;

  /**
   * @param step whether it stops before every step, under the operator's hand
   */
  RunCommand(boolean step) {
    this.step = step;
  }

  @Override
  void declare(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .paramLabel("RUNBOOK")
            .type(String.class)
            .description("A file, or the name of a built-in or local runbook.")
            .build());
    RunFlags.declare(spec);
    spec.addOption(RunFlags.one("--params", "FILE", "A YAML or JSON file of parameters."));
    if (!step) {
      spec.addOption(StepFlags.onError());
    }
    spec.addOption(RunFlags.one("--run-id", "ID", "The run's id; else one is made."));
  }

  @Override
  @Nullable String mistake(ParseResult arguments) {
    String mistake = RunFlags.mistake(arguments);
    mistake = mistake == null ? StepFlags.mistake(arguments, stepping(arguments)) : mistake;
    String run = arguments.matchedOptionValue("--run-id", (String) null);
    if (mistake == null && run != null && !RunId.isValid(run)) {
      return "a run's id is made of letters, digits, '-', '_' and '.', not \"" + run + "\"";
    }
    return mistake;
  }

  private Stepping stepping(ParseResult arguments) {
    return step ? Stepping.ALWAYS : StepFlags.stepping(arguments);
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    RunFlags flags = RunFlags.of(arguments);
    Found found = setup.find(arguments.matchedPositionalValue(0, ""));
    if (found == null) {
      return ExitCode.INVALID;
    }
    Runbook runbook = found.loaded().runbook();
    String file = arguments.matchedOptionValue("--params", (String) null);
    Map<String, Value> values = setup.arguments(runbook, runbook.parameters(), flags, file);
    Map<String, DatabaseSettings> targets = setup.targets(runbook, flags, Map.of());
    if (values == null || targets == null || !setup.knowsApproved(runbook, flags)) {
      return ExitCode.INVALID;
    }
    Plan plan = Planner.plan(runbook, values);
    String run = arguments.matchedOptionValue("--run-id", (String) null);
    String id = run == null ? RunId.of(Instant.now(), ThreadLocalRandom.current().nextLong()) : run;
    return begin(setup, flags, found, plan, targets, id, stepping(arguments));
  }

  private static ExitCode begin(
      RunSetup setup,
      RunFlags flags,
      Found found,
      Plan plan,
      Map<String, DatabaseSettings> targets,
      String run,
      Stepping stepping) {
    try (RunStore.Claim claim = setup.claim(plan, targets, run);
        Journal journal = setup.store().create(run)) {
      return new RunLaunch(setup, flags, null, false, stepping)
          .launch(
              run,
              plan,
              journal,
              targets,
              servers -> setup.started(found, plan, journal, targets, servers));
    }
  }
}
