package dev.pgrunbook.cli;

import dev.pgrunbook.cli.RunbookCatalog.Found;
import dev.pgrunbook.render.DiagnosticFormatter;
import dev.pgrunbook.render.DiagnosticJson;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Loads and checks runbooks, offline. */
final class LintCommand implements Command {

  private static final List<String> FORMATS = List.of("text", "json", "sarif");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Usage.newSpec();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .required(true)
            .paramLabel("RUNBOOK|DIR")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Runbooks by file or name, or folders of them.")
            .build());
    spec.addOption(RunFlags.one("--format", "text|json|sarif", "How findings are printed."));
    spec.addOption(RunFlags.flag("--verbose", "Name the files of a folder that are no runbooks."));
    return spec;
  }

  @Override
  public ExitCode run(ParseResult arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    String format = arguments.matchedOptionValue("--format", "text");
    if (!FORMATS.contains(format)) {
      messages.refuse("--format is text, json or sarif, not \"" + format + "\"", null);
      return ExitCode.INVALID;
    }
    List<Validated<Found>> loaded = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> given = arguments.matchedPositionalValue(0, List.of());
    RunbookCatalog catalog = RunbookCatalog.of(surroundings.directory());
    for (String word : given) {
      Path path = surroundings.directory().resolve(word);
      if (Files.isDirectory(path)) {
        String prefix = word.endsWith("/") ? word : word + "/";
        for (String file : files(path)) {
          if (RunbookFiles.isOne(path.resolve(file))) {
            loaded.add(catalog.read(path.resolve(file), prefix + file));
          } else {
            others.add(prefix + file);
          }
        }
      } else if (Files.exists(path)) {
        loaded.add(catalog.read(path, word));
      } else {
        Validated<Found> named = byName(word, surroundings);
        if (named.diagnostics().stream().anyMatch(LintCommand::isAbsent)) {
          messages.print(named.diagnostics());
          return ExitCode.INVALID;
        }
        loaded.add(named);
      }
    }
    List<Diagnostic> findings = new ArrayList<>();
    loaded.forEach(file -> findings.addAll(file.diagnostics()));
    print(findings, loaded.size(), format, surroundings);
    if (!others.isEmpty()) {
      messages.tell(passedOver(others, arguments.hasMatchedOption("--verbose")));
    }
    return findings.stream().anyMatch(Diagnostic::isError) ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** Only a name asks for the workspace: a start that needs none is faster. */
  private static Validated<Found> byName(String word, Surroundings surroundings) {
    Validated<Workspace> workspace =
        Workspace.find(surroundings.directory(), surroundings.environment());
    Path directory = surroundings.directory();
    Workspace found = workspace.orNull();
    RunbookCatalog catalog =
        found == null ? RunbookCatalog.of(directory) : RunbookCatalog.of(directory, found);
    return catalog.find(word);
  }

  private static boolean isAbsent(Diagnostic diagnostic) {
    return diagnostic.code().equals("file-missing") && diagnostic.isError()
        || diagnostic.code().equals(RunbookCatalog.UNKNOWN);
  }

  private static void print(
      List<Diagnostic> findings, int files, String format, Surroundings surroundings) {
    switch (format) {
      case "json" -> surroundings.out().println(DiagnosticJson.json(findings));
      case "sarif" ->
          surroundings.out().println(DiagnosticJson.sarif(findings, Version.ofThisProgram()));
      default -> {
        DiagnosticFormatter formatter = new DiagnosticFormatter(Terminals.theme(surroundings));
        findings.forEach(finding -> surroundings.out().println(formatter.format(finding)));
        surroundings.out().println(summary(findings, files));
      }
    }
  }

  private static String summary(List<Diagnostic> findings, int files) {
    long errors = findings.stream().filter(Diagnostic::isError).count();
    long warnings = findings.size() - errors;
    return count(files, "file") + ", " + count(errors, "error") + ", " + count(warnings, "warning");
  }

  private static String passedOver(List<String> files, boolean verbose) {
    String what =
        files.size() == 1
            ? "1 other file is no runbook"
            : files.size() + " other files are no runbooks";
    return what + (verbose ? ": " + String.join(", ", files) : " (--verbose names them)") + ".";
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Returns the files of a folder that may be runbooks, by their paths in it. */
  private static List<String> files(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(RunbookFiles::isCandidate)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
