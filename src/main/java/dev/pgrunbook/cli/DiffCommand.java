package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.plan.RunbookChange;
import dev.pgrunbook.plan.RunbookDifference;
import dev.pgrunbook.render.RunbookChangesText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.workspace.Workspace;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Tells what two runbooks say differently. */
final class DiffCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(runbook("0", "OLD", "The older runbook, by file or name."));
    spec.addPositional(
        runbook("1", "NEW", "The newer one. The exit code is 0 whether they differ or not."));
    spec.addOption(RunFlags.one("--format", "text|markdown", "What is written; text by default."));
    return spec;
  }

  private static PositionalParamSpec runbook(String index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity("1")
        .required(true)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String format = arguments.matchedOptionValue("--format", "text");
    if (!format.equals("text") && !format.equals("markdown")) {
      messages.refuse("--format is text or markdown, not \"" + format + "\"", null);
      return ExitCode.INVALID;
    }
    Validated<Workspace> workspace =
        Workspace.find(surroundings.directory(), surroundings.environment());
    messages.print(workspace.diagnostics());
    if (!(workspace instanceof Validated.Valid<Workspace> valid)) {
      return ExitCode.INVALID;
    }
    RunbookCatalog catalog = RunbookCatalog.of(surroundings.directory(), valid.value());
    Validated<Found> old = catalog.find(arguments.matchedPositionalValue(0, ""));
    Validated<Found> now = catalog.find(arguments.matchedPositionalValue(1, ""));
    messages.print(old.diagnostics());
    messages.print(now.diagnostics());
    Found before = old.orNull();
    Found after = now.orNull();
    if (before == null || after == null) {
      return ExitCode.INVALID;
    }
    print(before.loaded().runbook(), after.loaded().runbook(), format, surroundings);
    return ExitCode.DONE;
  }

  private static void print(Runbook old, Runbook now, String format, Surroundings surroundings) {
    List<RunbookChange> changes = RunbookDifference.of(old, now);
    if (format.equals("markdown")) {
      surroundings.out().print(RunbookChangesText.markdown(old, now, changes));
      return;
    }
    RunbookChangesText.lines(old, now, changes, Terminals.theme(surroundings))
        .forEach(surroundings.out()::println);
  }
}
