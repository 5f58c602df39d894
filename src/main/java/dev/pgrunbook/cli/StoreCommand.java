package dev.pgrunbook.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command about what a store keeps: it finds the store, and tells what that refuses. */
abstract class StoreCommand implements Command {

  @Override
  public final CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    declare(spec);
    return spec;
  }

  /** Declares the options and parameters, {@code --store} among them. */
  abstract void declare(CommandSpec spec);

  /** Returns what is wrong with the arguments by themselves, in a sentence, or null. */
  @Nullable String mistake(ParseResult arguments) {
    return null;
  }

  /** Returns what to do when another process holds what is needed. */
  String whenLocked() {
    return "wait for it, or stop it with Ctrl-C there";
  }

  @Override
  public final ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String mistake = mistake(arguments);
    if (mistake != null) {
      messages.refuse(mistake, null);
      return ExitCode.INVALID;
    }
    String store = arguments.matchedOptionValue("--store", (String) null);
    try (RunSetup setup = RunSetup.prepare(store, surroundings, messages)) {
      return setup == null
          ? ExitCode.INVALID
          : StoreFailures.told(setup, whenLocked(), () -> run(arguments, setup));
    }
  }

  /** Carries the command out. */
  abstract ExitCode run(ParseResult arguments, RunSetup setup);
}
