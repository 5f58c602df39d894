package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.guide.GuideMarkdown;
import dev.pgrunbook.render.guide.GuideText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Writes the guide that a runbook is, for people. */
final class DescribeCommand implements Command {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .paramLabel("RUNBOOK")
            .type(String.class)
            .description("A file, or the name of a built-in or local runbook.")
            .build());
    spec.addOption(RunFlags.one("--format", "text|markdown", "What is written; text by default."));
    spec.addOption(RunFlags.one("--out", "FILE", "Where it is written; else to standard output."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String out = arguments.matchedOptionValue("--out", (String) null);
    String format = arguments.matchedOptionValue("--format", implied(out));
    if (!format.equals("text") && !format.equals("markdown")) {
      messages.refuse("--format is text or markdown, not \"" + format + "\"", null);
      return ExitCode.INVALID;
    }
    Found found = find(arguments.matchedPositionalValue(0, ""), surroundings, messages);
    if (found == null) {
      return ExitCode.INVALID;
    }
    Runbook runbook = found.loaded().runbook();
    String guide =
        format.equals("markdown") ? GuideMarkdown.of(runbook) : text(runbook, surroundings);
    return new Output(surroundings, messages).write(guide, out);
  }

  /** No store is needed to read a file, and none is opened. */
  private static @Nullable Found find(String word, Surroundings surroundings, Messages messages) {
    Validated<Workspace> workspace =
        Workspace.find(surroundings.directory(), surroundings.environment());
    messages.print(workspace.diagnostics());
    if (!(workspace instanceof Validated.Valid<Workspace> valid)) {
      return null;
    }
    Validated<Found> found = RunbookCatalog.of(surroundings.directory(), valid.value()).find(word);
    messages.print(found.diagnostics());
    return found.orNull();
  }

  private static String implied(@Nullable String out) {
    return out != null && out.endsWith(".md") ? "markdown" : "text";
  }

  private static String text(Runbook runbook, Surroundings surroundings) {
    try (Screen screen = Terminals.screen(surroundings)) {
      GuideText text =
          new GuideText(
              Terminals.theme(surroundings),
              Glyphs.of(surroundings.environment()),
              screen.columns());
      return String.join("\n", text.lines(runbook)) + "\n";
    }
  }
}
