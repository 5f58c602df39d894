package dev.pgrunbook.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command: what it accepts, and how it is carried out.
 *
 * <p>A command is made only when it is asked for ({@link CommandName#create}), so its fields and
 * imports cost nothing to any other command. Options are declared on a {@link CommandSpec}, not by
 * annotations, because reading annotations costs more than the rest of a start.
 */
interface Command {
  /**
   * Declares the options and parameters. The program adds the name, the summary and {@code --help}.
   */
  CommandSpec spec();

  /**
   * Carries the command out. A user's mistake is reported on {@code surroundings.err()} and told by
   * the exit code; whatever is thrown is a defect.
   */
  ExitCode run(ParseResult arguments, Surroundings surroundings);
}
