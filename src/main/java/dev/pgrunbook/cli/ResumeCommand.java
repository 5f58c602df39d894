package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.journal.EventJson;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.journal.PostedAnswer;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunState;
import dev.pgrunbook.journal.RunStore;
import dev.pgrunbook.model.DurationText;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.RunbookDigest;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Goes on with a run where it stopped, or, as {@code abort}, ends it. */
final class ResumeCommand extends StoreCommand {

  private final boolean abort;

  /**
   * @param abort whether the run goes on only to run its {@code finally} and end
   */
  ResumeCommand(boolean abort) {
    this.abort = abort;
  }

  @Override
  void declare(CommandSpec spec) {
    spec.addPositional(RunChoice.position(abort ? "1" : "0..1"));
    RunFlags.declare(spec);
    if (!abort) {
      spec.addOption(
          RunFlags.flag("--accept-changes", "Go on although the runbook has been changed."));
      spec.addOption(
          RunFlags.one("--mark", "STEP=done|again", "Settle a step that is in doubt or failed."));
      spec.addOption(RunFlags.one("--reason", "TEXT", "Why it is marked so; goes with --mark."));
      spec.addOption(StepFlags.step());
      spec.addOption(StepFlags.onError());
    }
    spec.addOption(
        RunFlags.one("--wait", "DURATION", "How long to wait for a statement that still runs."));
    spec.addOption(
        RunFlags.flag("--terminate-backend", "End a statement of this run that still runs."));
  }

  @Override
  @Nullable String mistake(ParseResult arguments) {
    return ResumeFlags.mistake(arguments);
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    String run = RunChoice.choose(arguments, setup);
    return run == null ? ExitCode.INVALID : open(run, ResumeFlags.of(arguments), setup);
  }

  private ExitCode open(String run, ResumeFlags flags, RunSetup setup) {
    try (Journal journal = setup.store().open(run)) {
      takeNote(run, journal, setup);
      Outcome outcome = journal.state().outcome();
      if (outcome == Outcome.DONE || outcome == Outcome.ABORTED) {
        setup.messages().tell("Run " + run + " is " + outcome.word() + "; nothing is left to do.");
        return outcome == Outcome.DONE || abort ? ExitCode.DONE : ExitCode.INVALID;
      }
      return resume(run, journal, flags, setup);
    }
  }

  /** What people have answered meanwhile becomes a part of the record. */
  private static void takeNote(String run, Journal journal, RunSetup setup) {
    for (PostedAnswer answer : setup.store().posted(run)) {
      StepEvent event = answer.event(journal.state());
      if (event != null) {
        journal.append(event);
      }
    }
    journal.flush();
  }

  private ExitCode resume(String run, Journal journal, ResumeFlags flags, RunSetup setup) {
    KeptRunbook kept = new KeptRunbook(setup, journal);
    Found found =
        abort ? kept.kept() : kept.current(flags.acceptChanges(), flags.common().verbose());
    if (found == null) {
      return ExitCode.INVALID;
    }
    Runbook runbook = found.loaded().runbook();
    PlanFollowing.Kept followed = PlanFollowing.kept(kept.plan(), runbook, setup);
    if (followed.refused() != null) {
      return followed.refused();
    }
    Map<String, Value> values = kept.arguments(runbook, flags.common());
    Map<String, DatabaseSettings> targets =
        setup.targets(runbook, flags.common(), kept.connections());
    if (values == null || targets == null || !setup.knowsApproved(runbook, flags.common())) {
      return ExitCode.INVALID;
    }
    Plan plan = Planner.planForRun(runbook, values);
    RunState state = journal.state();
    try (RunStore.Claim claim = setup.claim(plan, targets, run)) {
      if (!Marks.apply(flags.mark(), journal, runbook, setup)) {
        return ExitCode.INVALID;
      }
      Map<String, String> sources = RunSetup.keep(found, journal);
      return new RunLaunch(
              setup, flags.common(), flags.waitFor(), flags.terminateBackend(), flags.stepping())
          .following(followed.following())
          .launch(
              run,
              plan,
              journal,
              targets,
              servers ->
                  new RunResumed(
                      setup.operator().user(),
                      setup.operator().host(),
                      Version.ofThisProgram(),
                      EventJson.FORMAT,
                      abort || state.isAborting(),
                      RunbookDigest.of(runbook),
                      sources,
                      servers));
    }
  }

  /**
   * What {@code resume} and {@code abort} are told beside what every run is.
   *
   * @param mark what an operator says of a step, or null
   * @param waitFor how long a statement that still runs is waited for; null for ever
   */
  record ResumeFlags(
      RunFlags common,
      boolean acceptChanges,
      @Nullable OperatorMark mark,
      @Nullable Duration waitFor,
      boolean terminateBackend,
      Stepping stepping) {

    /** Returns what is wrong with a command line, in a sentence; null when nothing is. */
    static @Nullable String mistake(ParseResult arguments) {
      String mistake = RunFlags.mistake(arguments);
      mistake =
          mistake == null ? StepFlags.mistake(arguments, StepFlags.stepping(arguments)) : mistake;
      String mark = value(arguments, "--mark");
      String wait = value(arguments, "--wait");
      if (mistake == null && wait != null && DurationText.parse(wait) == null) {
        return "--wait takes a duration such as 90s or 10m, not \"" + wait + "\"";
      } else if (mistake == null && mark != null && value(arguments, "--reason") == null) {
        return "--mark needs a --reason";
      } else if (mistake == null && mark != null && OperatorMark.of(mark, "") == null) {
        return "--mark takes STEP=done or STEP=again, not \"" + mark + "\"";
      }
      return mistake;
    }

    /** Returns what a command line without mistakes says. */
    static ResumeFlags of(ParseResult arguments) {
      String mark = value(arguments, "--mark");
      String reason = value(arguments, "--reason");
      String wait = value(arguments, "--wait");
      return new ResumeFlags(
          RunFlags.of(arguments),
          has(arguments, "--accept-changes"),
          mark == null || reason == null ? null : OperatorMark.of(mark, reason),
          wait == null ? null : DurationText.parse(wait),
          has(arguments, "--terminate-backend"),
          StepFlags.stepping(arguments));
    }

    private static @Nullable String value(ParseResult arguments, String option) {
      return arguments.matchedOptionValue(option, (String) null);
    }

    private static boolean has(ParseResult arguments, String option) {
      return arguments.hasMatchedOption(option);
    }
  }

  /** What an operator says of a step. */
  record OperatorMark(String step, Mark mark, String reason) {

    static @Nullable OperatorMark of(String text, String reason) {
      int equals = text.lastIndexOf('=');
      for (Mark mark : Mark.values()) {
        if (equals > 0 && mark.word().equals(text.substring(equals + 1))) {
          return new OperatorMark(text.substring(0, equals), mark, reason);
        }
      }
      return null;
    }
  }
}
