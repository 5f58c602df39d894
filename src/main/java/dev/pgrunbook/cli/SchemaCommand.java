package dev.pgrunbook.cli;

import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.render.JsonSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints the JSON Schema of runbooks in YAML, for editors. */
final class SchemaCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Usage.newSpec();
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    surroundings.out().print(JsonSchema.write(RunbookLoader.LANGUAGE_VERSION));
    return ExitCode.DONE;
  }
}
