package dev.pgrunbook.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that commands which carry a run out have in common.
 *
 * @param parameters {@code NAME=VALUE} pairs, as given
 * @param targets {@code ROLE=CONNECTION} pairs, as given
 * @param environment the workspace's environment, or null
 * @param jsonLines whether events are printed as JSON, one a line
 * @param yes whether plain questions are answered with yes
 * @param approved the steps whose questions are answered with yes
 * @param quiet whether only failures and the end are told
 * @param verbose whether rows and SQL are told in full
 * @param metrics the file that metrics are kept in, or null
 */
record RunFlags(
    List<String> parameters,
    List<String> targets,
    @Nullable String environment,
    boolean jsonLines,
    boolean yes,
    List<String> approved,
    boolean quiet,
    boolean verbose,
    @Nullable String metrics) {

  static final String OUTPUT_TEXT = "text";
  static final String OUTPUT_JSON_LINES = "jsonl";

  /** Declares what a runbook is given: parameters and databases. */
  static void declareInputs(CommandSpec spec) {
    spec.addOption(
        many("-p", "--param", "NAME=VALUE", "A parameter; a list takes several, or a JSON array."));
    spec.addOption(
        many(
            "--target", null, "ROLE=CONNECTION", "The database that plays a role of the runbook."));
    spec.addOption(one("--env", "NAME", "An environment of pgrunbook.yaml, for targets."));
  }

  /** Declares the options. */
  static void declare(CommandSpec spec) {
    declareInputs(spec);
    declareStore(spec);
    spec.addOption(
        one("--output", "text|jsonl", "What is printed: text, or one event a line as JSON."));
    spec.addOption(
        flag("--yes", "Answer confirmations, reviews and plain gates with yes; recorded as such."));
    spec.addOption(many("--approve", null, "STEP", "Answer this step's questions with yes."));
    spec.addOption(one("--metrics", "FILE", "Keep metrics for Prometheus in a file."));
    spec.addOption(flag("--quiet", "Tell only failures and the end."));
    spec.addOption(flag("--verbose", "Tell rows and SQL in full."));
  }

  /** Declares the option that names the store. */
  static void declareStore(CommandSpec spec) {
    spec.addOption(
        one(
            "--store",
            "STORE",
            "Where runs are kept: a directory, or a connection; else the workspace's, or your"
                + " own."));
  }

  /** Returns what a command line says. */
  static RunFlags of(ParseResult arguments) {
    return new RunFlags(
        arguments.matchedOptionValue("-p", List.of()),
        arguments.matchedOptionValue("--target", List.of()),
        arguments.matchedOptionValue("--env", (String) null),
        isJsonLines(arguments),
        arguments.hasMatchedOption("--yes"),
        arguments.matchedOptionValue("--approve", List.of()),
        arguments.hasMatchedOption("--quiet"),
        arguments.hasMatchedOption("--verbose"),
        arguments.matchedOptionValue("--metrics", (String) null));
  }

  /** Returns what is wrong with the options, in a sentence; null when nothing is. */
  static @Nullable String mistake(ParseResult arguments) {
    String output = outputMistake(arguments);
    if (output != null) {
      return output;
    }
    if (arguments.hasMatchedOption("--quiet") && arguments.hasMatchedOption("--verbose")) {
      return "--quiet and --verbose contradict each other";
    }
    Set<String> roles = new HashSet<>();
    for (String pair : arguments.matchedOptionValue("--target", List.<String>of())) {
      int equals = pair.indexOf('=');
      // What is no pair may be a URI with a password in it, and is not repeated.
      if (equals <= 0
          || equals == pair.length() - 1
          || pair.substring(0, equals).indexOf(':') >= 0) {
        return "--target takes ROLE=CONNECTION, such as subscriber=service=replica";
      }
      if (!roles.add(pair.substring(0, equals))) {
        return "--target " + pair.substring(0, equals) + " is given twice";
      }
    }
    return null;
  }

  /** Returns what is wrong with {@code --output}, in a sentence; null when nothing is. */
  static @Nullable String outputMistake(ParseResult arguments) {
    String output = arguments.matchedOptionValue("--output", OUTPUT_TEXT);
    return output.equals(OUTPUT_TEXT) || output.equals(OUTPUT_JSON_LINES)
        ? null
        : "--output is text or jsonl, not \"" + output + "\"";
  }

  /** Returns whether events are asked for as JSON, one a line. */
  static boolean isJsonLines(ParseResult arguments) {
    return arguments.matchedOptionValue("--output", OUTPUT_TEXT).equals(OUTPUT_JSON_LINES);
  }

  static OptionSpec one(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .arity("1")
        .description(description)
        .build();
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }

  static OptionSpec many(String name, @Nullable String longer, String label, String description) {
    OptionSpec.Builder builder =
        longer == null ? OptionSpec.builder(name) : OptionSpec.builder(name, longer);
    return builder
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .description(description)
        .build();
  }

  /** Returns {@code NAME=VALUE} pairs by their names, each name's values in order. */
  static Map<String, List<String>> pairs(List<String> given) {
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (String pair : given) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      List<String> values = pairs.computeIfAbsent(name, key -> new ArrayList<>());
      if (equals >= 0) {
        values.add(pair.substring(equals + 1));
      }
    }
    return pairs;
  }
}
