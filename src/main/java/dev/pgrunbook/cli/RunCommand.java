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
    spec.addOption(RunFlags.one("--plan", "FILE", "Run exactly what this plan shows, or nothing."));
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
    String run = arguments.matchedOptionValue("--run-id", (String) null);
    String id = run == null ? RunId.of(Instant.now(), ThreadLocalRandom.current().nextLong()) : run;
    Start start = new Start(setup, flags, found, id, stepping(arguments));
    String file = arguments.matchedOptionValue("--params", (String) null);
    String plan = arguments.matchedOptionValue("--plan", (String) null);
    return plan == null ? begin(start, file) : follow(start, file, plan);
  }

  /** What a run begins with. */
  private record Start(RunSetup setup, RunFlags flags, Found found, String run, Stepping stepping) {

    Runbook runbook() {
      return found.loaded().runbook();
    }
  }

  private static ExitCode begin(Start start, @Nullable String file) {
    RunSetup setup = start.setup();
    Runbook runbook = start.runbook();
    Map<String, Value> values = setup.arguments(runbook, runbook.parameters(), start.flags(), file);
    Map<String, DatabaseSettings> targets = setup.targets(runbook, start.flags(), Map.of());
    if (values == null || targets == null || !setup.knowsApproved(runbook, start.flags())) {
      return ExitCode.INVALID;
    }
    return begin(start, new PlanMaking(runbook, values, targets), null);
  }

  /** What the command line does not say, the plan says; what it says must be what was planned. */
  private static ExitCode follow(Start start, @Nullable String file, String planFile) {
    RunSetup setup = start.setup();
    Runbook runbook = start.runbook();
    FollowedPlan plan = FollowedPlan.read(planFile, runbook.name(), setup);
    PlanFollowing following = plan == null ? null : PlanFollowing.of(plan, setup);
    if (plan == null || following == null) {
      return ExitCode.INVALID;
    }
    Map<String, Value> values =
        setup.arguments(runbook, start.flags(), file, plan.plan().arguments());
    Map<String, DatabaseSettings> targets =
        setup.targets(runbook, start.flags(), plan.plan().connections());
    if (values == null || targets == null || !setup.knowsApproved(runbook, start.flags())) {
      return ExitCode.INVALID;
    }
    PlanMaking making = new PlanMaking(runbook, values, targets);
    ExitCode compared = following.compare(making);
    return compared == ExitCode.DONE ? begin(start, making, following) : compared;
  }

  private static ExitCode begin(Start start, PlanMaking making, @Nullable PlanFollowing following) {
    RunSetup setup = start.setup();
    Plan plan = Planner.planForRun(making.runbook(), making.arguments());
    Map<String, DatabaseSettings> targets = making.targets();
    try (RunStore.Claim claim = setup.claim(plan, targets, start.run());
        Journal journal = setup.store().create(start.run())) {
      return new RunLaunch(setup, start.flags(), null, false, start.stepping())
          .following(following)
          .launch(
              start.run(),
              plan,
              journal,
              targets,
              servers -> setup.started(start.found(), plan, journal, targets, servers, following));
    }
  }
}
