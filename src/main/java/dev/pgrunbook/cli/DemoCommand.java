package dev.pgrunbook.cli;

import dev.pgrunbook.demo.Demo;
import dev.pgrunbook.demo.Demo.Comparison;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.render.Theme.Role;
import dev.pgrunbook.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Brings two replicating servers up, damages one, and has the resync runbook mend it. */
final class DemoCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addOption(RunFlags.flag("--keep", "Leave both servers running and tell their URIs."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    Workspace workspace = Workspace.find(Path.of("/"), Map.of()).orNull();
    if (workspace == null) {
      throw new IllegalStateException("a workspace without a file is always sound");
    }
    Theme theme = Terminals.theme(surroundings);
    boolean keep = arguments.hasMatchedOption("--keep");
    Demo demo =
        Demo.start(
            new DemoSql(workspace),
            line -> surroundings.out().println(theme.paint(Role.DIM, "· " + line)));
    Path store = store();
    try {
      ExitCode code = mend(demo, store, surroundings, messages);
      if (keep) {
        demo.keep();
        surroundings.out().println("The run's journal: --store " + store);
      }
      return code;
    } finally {
      if (!keep) {
        demo.close();
        remove(store);
      }
    }
  }

  private static ExitCode mend(
      Demo demo, Path store, Surroundings surroundings, Messages messages) {
    demo.damage();
    surroundings.out().println();
    surroundings.out().println("$ pgrunbook " + shown(demo));
    ExitCode code = new Program(surroundings).run(command(demo, store));
    surroundings.out().println();
    Comparison after = demo.compare();
    surroundings.out().println(after);
    if (code == ExitCode.DONE && !after.sameContent()) {
      messages.refuse("the runbook ended well, but both sides differ", null);
      return ExitCode.FAILED;
    }
    return code;
  }

  private static List<String> command(Demo demo, Path store) {
    return List.of(
        "run",
        demo.runbook(),
        "-p",
        "tables=" + Demo.TABLE,
        "-p",
        "subscription=" + Demo.SUBSCRIPTION,
        "--target",
        "publisher=" + demo.publisherUri(),
        "--target",
        "subscriber=" + demo.subscriberUri(),
        "--store",
        store.toString(),
        "--yes");
  }

  /** What a user would type; the demo's passwords are of no use to anybody. */
  private static String shown(Demo demo) {
    return "run "
        + demo.runbook()
        + " -p tables='"
        + Demo.TABLE
        + "' -p subscription="
        + Demo.SUBSCRIPTION
        + " \\\n    --target publisher=… --target subscriber=… --yes";
  }

  private static void remove(Path store) {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }

  private static Path store() {
    try {
      return Files.createTempDirectory("pgrunbook-demo");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
