package dev.pgrunbook.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that put a run under the operator's hand. */
final class StepFlags {

  private static final String ON_ERROR = "--on-error";
  private static final String STEP = "--step";

  private StepFlags() {}

  static OptionSpec onError() {
    return RunFlags.one(
        ON_ERROR, "stop|step", "What a failed step leads to: the end, or a session to mend it in.");
  }

  static OptionSpec step() {
    return RunFlags.flag(STEP, "Go on step by step, under your hand.");
  }

  /** Returns what a command line says. */
  static Stepping stepping(ParseResult arguments) {
    if (arguments.hasMatchedOption(STEP)) {
      return Stepping.ALWAYS;
    }
    return "step".equals(onError(arguments)) ? Stepping.ON_ERROR : Stepping.NEVER;
  }

  private static @Nullable String onError(ParseResult arguments) {
    return arguments.matchedOptionValue(ON_ERROR, (String) null);
  }

  /** Returns what is wrong with these options, in a sentence; null when nothing is. */
  static @Nullable String mistake(ParseResult arguments, Stepping stepping) {
    String onError = onError(arguments);
    if (onError != null && !onError.equals("stop") && !onError.equals("step")) {
      return ON_ERROR + " is stop or step, not \"" + onError + "\"";
    }
    boolean json = RunFlags.of(arguments).jsonLines();
    return json && stepping != Stepping.NEVER
        ? "--output jsonl is for programs, and a session is for people"
        : null;
  }
}
