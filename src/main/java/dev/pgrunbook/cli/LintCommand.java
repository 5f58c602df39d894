package dev.pgrunbook.cli;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.render.DiagnosticFormatter;
import dev.pgrunbook.render.DiagnosticJson;
import dev.pgrunbook.source.Diagnostic;
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
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .paramLabel("FILE|DIR")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Runbooks, or folders of them.")
            .build());
    spec.addOption(RunFlags.one("--format", "text|json|sarif", "How findings are printed."));
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
    List<String> given = arguments.matchedPositionalValue(0, List.of());
    List<Diagnostic> findings = new ArrayList<>();
    int files = 0;
    RunbookLoader loader = new RunbookLoader(new YamlFrontEnd());
    for (String word : given) {
      for (String file : files(surroundings.directory(), word)) {
        findings.addAll(loader.load(surroundings.directory().resolve(file), file).diagnostics());
        files++;
      }
    }
    print(findings, files, format, surroundings);
    return findings.stream().anyMatch(Diagnostic::isError) ? ExitCode.FAILED : ExitCode.DONE;
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

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static List<String> files(Path directory, String word) {
    Path path = directory.resolve(word);
    if (!Files.isDirectory(path)) {
      return List.of(word);
    }
    String prefix = word.endsWith("/") ? word : word + "/";
    try (Stream<Path> tree = Files.walk(path)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> prefix + path.relativize(file))
          .filter(LintCommand::isRunbook)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isRunbook(String name) {
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    return yaml && !name.endsWith("/pgrunbook.yaml");
  }
}
