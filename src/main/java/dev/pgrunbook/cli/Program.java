package dev.pgrunbook.cli;

import dev.pgrunbook.source.Spelling;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the command that was asked for, has it parse its arguments, and runs it. */
final class Program {
  private final Surroundings surroundings;

  Program(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Never throws: a defect becomes one line, a log file and {@link ExitCode#DEFECT}. */
  ExitCode run(List<String> arguments) {
    try {
      return dispatch(arguments);
    } catch (Throwable defect) {
      new DefectLog(surroundings).report(defect, arguments.isEmpty() ? "" : arguments.get(0));
      return ExitCode.DEFECT;
    }
  }

  private ExitCode dispatch(List<String> arguments) {
    if (arguments.isEmpty()) {
      surroundings.err().print(Usage.overview());
      return ExitCode.INVALID;
    }
    String first = arguments.get(0);
    switch (first) {
      case "--version", "-V" -> {
        surroundings.out().println("pgrunbook " + Version.ofThisProgram());
        return ExitCode.DONE;
      }
      case "--help", "-h" -> {
        surroundings.out().print(Usage.overview());
        return ExitCode.DONE;
      }
      default -> {
        CommandName name = CommandName.of(first);
        return name == null
            ? unknown(first)
            : runCommand(name, arguments.subList(1, arguments.size()));
      }
    }
  }

  private ExitCode runCommand(CommandName name, List<String> rest) {
    Command command = name.create();
    CommandLine parser = Usage.commandLine(name, command);
    ParseResult parsed;
    try {
      parsed = parser.parseArgs(rest.toArray(new String[0]));
    } catch (ParameterException mistake) {
      return refuse(
          "pgrunbook " + name.word(),
          sentence(mistake),
          "`pgrunbook help " + name.word() + "` lists what it takes.");
    }
    if (parsed.isUsageHelpRequested()) {
      surroundings.out().print(Usage.of(parser));
      return ExitCode.DONE;
    }
    String color = parsed.matchedOptionValue(Usage.COLOR, "auto");
    ColorChoice choice = ColorChoice.of(color);
    if (choice == null) {
      return refuse(
          "pgrunbook " + name.word(),
          Usage.COLOR + " is auto, always or never, not '" + color + "'.",
          "without it, a terminal gets colours unless NO_COLOR is set.");
    }
    return command.run(parsed, surroundings.with(choice));
  }

  private ExitCode unknown(String word) {
    boolean option = word.startsWith("-");
    List<String> known = new ArrayList<>();
    if (option) {
      known.addAll(List.of("--help", "--version"));
    } else {
      for (CommandName name : CommandName.values()) {
        known.add(name.word());
      }
    }
    return refuse(
        "pgrunbook",
        "unknown " + (option ? "option" : "command") + " '" + word + "'." + didYouMean(word, known),
        "`pgrunbook --help` lists the commands.");
  }

  private ExitCode refuse(String who, String sentence, String hint) {
    surroundings.err().println(who + ": " + sentence);
    surroundings.err().println("  hint: " + hint);
    return ExitCode.INVALID;
  }

  private static String sentence(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (unmatched.isUnknownOption()) {
        int equals = word.indexOf('=');
        String option = equals < 0 ? word : word.substring(0, equals);
        List<String> known =
            new ArrayList<>(mistake.getCommandLine().getCommandSpec().optionsMap().keySet());
        return "unknown option '" + option + "'." + didYouMean(option, known);
      }
      return "unexpected argument '" + word + "'.";
    }
    if (mistake instanceof MissingParameterException missing) {
      return missing(missing);
    }
    String message = String.valueOf(mistake.getMessage());
    return Character.toLowerCase(message.charAt(0)) + message.substring(1) + ".";
  }

  private static String missing(MissingParameterException mistake) {
    List<String> names = new ArrayList<>();
    for (ArgSpec argument : mistake.getMissing()) {
      if (argument instanceof OptionSpec option) {
        return "the option " + option.longestName() + " takes " + option.paramLabel() + ".";
      }
      names.add(argument.paramLabel());
    }
    return String.join(" and ", names) + (names.size() == 1 ? " is missing." : " are missing.");
  }

  private static String didYouMean(String word, List<String> known) {
    String nearest = Spelling.closest(word, known);
    return nearest == null ? "" : " Did you mean '" + nearest + "'?";
  }
}
