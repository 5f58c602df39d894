package dev.pgrunbook.cli;

import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.render.JsonSchema;
import dev.pgrunbook.render.PlanJson;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints the JSON Schema of runbooks in YAML, for editors, or that of plans, for programs. */
final class SchemaCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addOption(RunFlags.flag("--plan", "The schema of plans as JSON instead."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    surroundings
        .out()
        .print(
            arguments.hasMatchedOption("--plan")
                ? PlanJson.schema()
                : JsonSchema.write(RunbookLoader.LANGUAGE_VERSION));
    return ExitCode.DONE;
  }
}
