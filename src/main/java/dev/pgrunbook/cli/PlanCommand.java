package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.database.Database;
import dev.pgrunbook.database.DatabaseFailure;
import dev.pgrunbook.database.DatabaseSettings;
import dev.pgrunbook.inspect.Inspector;
import dev.pgrunbook.inspect.Limits;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.Plan;
import dev.pgrunbook.plan.Planner;
import dev.pgrunbook.render.PlanJson;
import dev.pgrunbook.render.PlanRenderer;
import dev.pgrunbook.render.PlanText;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Tells what runbooks would do, and writes nothing. */
final class PlanCommand implements Command {

  private static final List<String> FORMATS = List.of("text", "json");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .paramLabel("RUNBOOK")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Files, or names of built-in or local runbooks.")
            .build());
    RunFlags.declareInputs(spec);
    spec.addOption(RunFlags.one("--params", "FILE", "A YAML or JSON file of parameters."));
    spec.addOption(RunFlags.flag("--offline", "Ask no database."));
    spec.addOption(RunFlags.one("--format", "text|json", "How the plan is written."));
    spec.addOption(RunFlags.flag("--verbose", "Tell rows and SQL in full."));
    return spec;
  }

  /** A runbook with all that its plan is made from. */
  private record Wanted(
      Runbook runbook, Map<String, Value> arguments, Map<String, DatabaseSettings> targets) {}

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String format = arguments.matchedOptionValue("--format", FORMATS.get(0));
    String mistake =
        FORMATS.contains(format)
            ? RunFlags.mistake(arguments)
            : "--format is " + String.join(" or ", FORMATS) + ", not \"" + format + "\"";
    if (mistake != null) {
      messages.refuse(mistake, null);
      return ExitCode.INVALID;
    }
    RunSetup setup = RunSetup.prepare(null, surroundings, messages);
    List<Wanted> wanted = setup == null ? null : wanted(arguments, setup);
    if (wanted == null) {
      return ExitCode.INVALID;
    }
    List<Plan> plans = new ArrayList<>();
    boolean unreachable = false;
    for (Wanted one : wanted) {
      Plan plan = plan(one, arguments.hasMatchedOption("--offline"), messages);
      unreachable |= plan == null;
      if (plan != null) {
        plans.add(plan);
      }
    }
    if (!plans.isEmpty()) {
      surroundings.out().print(renderer(format, arguments, surroundings).render(plans));
    }
    if (unreachable) {
      return ExitCode.ENVIRONMENT;
    }
    return plans.stream().anyMatch(Plan::hasErrors) ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** Finds every runbook and what it is given; null when something is amiss, which was told. */
  private static @Nullable List<Wanted> wanted(ParseResult arguments, RunSetup setup) {
    RunFlags flags = RunFlags.of(arguments);
    String file = arguments.matchedOptionValue("--params", (String) null);
    boolean offline = arguments.hasMatchedOption("--offline");
    List<Wanted> all = new ArrayList<>();
    List<String> words = arguments.matchedPositionalValue(0, List.of());
    for (String word : words) {
      Found found = setup.find(word);
      if (found != null) {
        Runbook runbook = found.loaded().runbook();
        Map<String, Value> values = setup.arguments(runbook, runbook.parameters(), flags, file);
        Map<String, DatabaseSettings> targets =
            offline ? Map.of() : setup.targets(runbook, flags, Map.of());
        if (targets == null) {
          setup.messages().tell("  hint: `plan --offline` needs no database");
        }
        if (values != null && targets != null) {
          all.add(new Wanted(runbook, values, targets));
        }
      }
    }
    return all.size() == words.size() ? all : null;
  }

  private static @Nullable Plan plan(Wanted wanted, boolean offline, Messages messages) {
    Runbook runbook = wanted.runbook();
    if (offline || runbook.targets().isEmpty()) {
      return Planner.plan(runbook, wanted.arguments());
    }
    Map<String, Database> databases = new LinkedHashMap<>();
    wanted.targets().forEach((role, target) -> databases.put(role, Database.open(target, 1)));
    try (Inspector inspector =
        Inspector.open(runbook, databases, secrets(wanted.arguments()), Limits.USUAL)) {
      return Planner.plan(runbook, wanted.arguments(), inspector);
    } catch (DatabaseFailure failure) {
      messages.refuse(runbook.name() + ": " + failure.getMessage(), failure.hint());
      return null;
    } finally {
      databases.values().forEach(Database::close);
    }
  }

  private static List<SecretValue> secrets(Map<String, Value> arguments) {
    List<SecretValue> secrets = new ArrayList<>();
    arguments.values().forEach(value -> addSecrets(value, secrets));
    return secrets;
  }

  private static void addSecrets(Value value, List<SecretValue> secrets) {
    if (value instanceof SecretValue secret) {
      secrets.add(secret);
    } else if (value instanceof ListValue list) {
      list.items().forEach(item -> addSecrets(item, secrets));
    }
  }

  private static PlanRenderer renderer(
      String format, ParseResult arguments, Surroundings surroundings) {
    if (format.equals("json")) {
      return new PlanJson();
    }
    Screen screen = Terminals.screen(surroundings);
    return new PlanText(
        Terminals.theme(surroundings),
        screen.glyphs(),
        screen.columns(),
        arguments.hasMatchedOption("--verbose"));
  }
}
