package dev.pgrunbook.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Help texts, and the parser of one command, which they are made from. */
final class Usage {
  /** The option that every command takes. */
  static final String COLOR = "--color";

  private Usage() {}

  /** The commands with a line each. Written without picocli: it needs no command's options. */
  static String overview() {
    int width = 0;
    for (CommandName name : CommandName.values()) {
      width = Math.max(width, name.word().length());
    }
    StringBuilder text = new StringBuilder();
    text.append("Usage: pgrunbook COMMAND [ARGUMENT...]\n");
    text.append("Runbooks as code for PostgreSQL.\n\nCommands:\n");
    for (CommandName name : CommandName.values()) {
      text.append("  ").append(name.word());
      text.append(" ".repeat(width - name.word().length() + 2)).append(name.summary());
      text.append('\n');
    }
    text.append("\n`pgrunbook help COMMAND` explains one; --version prints the version.\n");
    return text.toString();
  }

  /** Makes a command's parser, with what all commands have in common. */
  static CommandLine commandLine(CommandName name, Command command) {
    CommandSpec spec = command.spec().name(name.word());
    String summary = name.summary();
    spec.usageMessage()
        .description(Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".");
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Print this text and exit.")
            .build());
    spec.addOption(
        RunFlags.one(COLOR, "auto|always|never", "Colours; auto: on a terminal, not NO_COLOR."));
    CommandSpec root = Usage.newSpec().name("pgrunbook");
    CommandLine line = new CommandLine(spec, new Factory());
    root.addSubcommand(name.word(), line);
    // Arguments are taken as typed: "@" and "${" have no meaning of picocli's own.
    return line.setExpandAtFiles(false).setInterpolateVariables(false);
  }

  /** Returns a specification to which a command adds its options and parameters. */
  static CommandSpec newSpec() {
    return CommandSpec.wrapWithoutInspection(new Object(), new Factory());
  }

  static String of(CommandLine commandLine) {
    return commandLine.getUsageMessage(Ansi.OFF);
  }

  /**
   * Picocli's own factory looks for Groovy, and where it finds it starts it up.
   *
   * <p>A class, not a lambda: Java 17 crashes when it archives a lambda of picocli's interfaces,
   * whose class files are older than Java 6.
   */
  private static final class Factory implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type == List.class
          ? type.cast(new ArrayList<>())
          : type.getDeclaredConstructor().newInstance();
    }
  }
}
