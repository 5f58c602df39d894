package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.inspect.PlanStop;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Tells what runbooks would do, and writes nothing. */
final class PlanCommand implements Command {

  private static final String OFFLINE = "--offline";
  private static final String OUT = "--out";
  private static final String CHANGED_SINCE = "--changed-since";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .paramLabel("RUNBOOK")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Files, or names of built-in or local runbooks.")
            .build());
    RunFlags.declareInputs(spec);
    spec.addOption(RunFlags.one("--params", "FILE", "A YAML or JSON file of parameters."));
    spec.addOption(RunFlags.flag(OFFLINE, "Ask no database."));
    spec.addOption(
        RunFlags.one(
            CHANGED_SINCE, "REV", "Only runbooks that git sees changed since this revision."));
    spec.addOption(
        RunFlags.one("--format", String.join("|", PlanFormat.words()), "How it is written."));
    spec.addOption(RunFlags.one(OUT, "FILE", "Where to; the ending can say how it is written."));
    spec.addOption(RunFlags.flag("--verbose", "Tell rows and SQL in full."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String out = arguments.matchedOptionValue(OUT, (String) null);
    String word = arguments.matchedOptionValue("--format", (String) null);
    PlanFormat format = PlanFormat.of(word, out);
    String mistake = mistake(arguments, format, word, out);
    if (mistake != null || format == null) {
      messages.refuse(String.valueOf(mistake), null);
      return ExitCode.INVALID;
    }
    RunSetup setup = RunSetup.prepare(null, surroundings, messages);
    List<PlanMaking> wanted = setup == null ? null : wanted(arguments, setup);
    if (wanted == null) {
      return ExitCode.INVALID;
    }
    List<Plan> plans = new ArrayList<>();
    try {
      for (PlanMaking one : wanted) {
        Plan plan = one.make(messages);
        if (plan != null) {
          plans.add(plan);
        }
      }
    } catch (PlanStop.Stopped stopped) {
      messages.complain("stopped; there is no plan, and nothing was written");
      return ExitCode.INTERRUPTED;
    }
    if (plans.size() < wanted.size()) {
      if (!plans.isEmpty()) {
        messages.complain(
            "nothing was written: of %d runbooks only %d could be planned"
                .formatted(wanted.size(), plans.size()));
      }
      return ExitCode.ENVIRONMENT;
    }
    return write(plans, format, arguments, surroundings);
  }

  private static ExitCode write(
      List<Plan> plans, PlanFormat format, ParseResult arguments, Surroundings surroundings) {
    String out = arguments.matchedOptionValue(OUT, (String) null);
    boolean verbose = arguments.hasMatchedOption("--verbose");
    String text = format.renderer(verbose, out != null, surroundings).render(plans);
    ExitCode written = new Output(surroundings, new Messages(surroundings)).write(text, out);
    if (written != ExitCode.DONE) {
      return written;
    }
    return plans.stream().anyMatch(Plan::hasErrors) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static @Nullable String mistake(
      ParseResult arguments,
      @Nullable PlanFormat format,
      @Nullable String word,
      @Nullable String out) {
    if (format == null) {
      String words = String.join(", ", PlanFormat.words());
      return word == null
          ? "--out " + out + " does not say how the plan is written; --format is " + words
          : "--format is " + words + ", not \"" + word + "\"";
    }
    if (!arguments.hasMatchedPositional(0) && !arguments.hasMatchedOption(CHANGED_SINCE)) {
      return "plan takes RUNBOOK, or --changed-since REV";
    }
    return RunFlags.mistake(arguments);
  }

  /** Finds every runbook and what it is given; null when something is amiss, which was told. */
  private static @Nullable List<PlanMaking> wanted(ParseResult arguments, RunSetup setup) {
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    String revision = arguments.matchedOptionValue(CHANGED_SINCE, (String) null);
    if (revision != null) {
      words = new ChangedRunbooks(setup).since(revision, words);
    }
    if (words == null) {
      return null;
    }
    List<PlanMaking> all = new ArrayList<>();
    for (String word : words) {
      Found found = setup.find(word);
      PlanMaking one = found == null ? null : making(found.loaded().runbook(), arguments, setup);
      if (one != null) {
        all.add(one);
      }
    }
    return all.size() == words.size() ? all : null;
  }

  private static @Nullable PlanMaking making(
      Runbook runbook, ParseResult arguments, RunSetup setup) {
    RunFlags flags = RunFlags.of(arguments);
    String file = arguments.matchedOptionValue("--params", (String) null);
    boolean examples = arguments.hasMatchedOption(CHANGED_SINCE);
    Map<String, Value> values =
        examples
            ? setup.argumentsOrExamples(runbook, flags, file)
            : setup.arguments(runbook, runbook.parameters(), flags, file);
    Map<String, DatabaseSettings> targets =
        arguments.hasMatchedOption(OFFLINE) ? Map.of() : setup.targets(runbook, flags, Map.of());
    if (targets == null) {
      setup.messages().tell("  hint: `plan --offline` needs no database");
    }
    return values == null || targets == null ? null : new PlanMaking(runbook, values, targets);
  }
}
