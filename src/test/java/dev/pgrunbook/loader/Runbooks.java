package dev.pgrunbook.loader;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.model.Step;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import java.util.List;

/** Loads texts. */
final class Runbooks {

  private static final String HEAD =
      """
      runbook: example
      version: "1.0.0"
      title: An example
      params:
        tables: {type: "table[]"}
        n: {type: integer}
      targets: {db: {}, other: {}}
      steps:
      """;

  private Runbooks() {}

  static Validated<LoadedRunbook> load(String text) {
    return new RunbookLoader(new YamlFrontEnd())
        .load(new SourceFile("example.yaml", text), SourceResolver.none());
  }

  static Runbook sound(String text) {
    Validated<LoadedRunbook> loaded = load(text);
    LoadedRunbook runbook = loaded.orNull();
    if (runbook == null) {
      throw new AssertionError(loaded.diagnostics());
    }
    return runbook.runbook();
  }

  /** Returns the first step of an otherwise plain runbook. */
  static Step step(String step) {
    return sound(HEAD + indented(step)).steps().get(0);
  }

  /** Returns the codes of what is wrong with steps in an otherwise plain runbook. */
  static List<String> codes(String... steps) {
    StringBuilder text = new StringBuilder(HEAD);
    for (String step : steps) {
      text.append(indented(step));
    }
    return load(text.toString()).diagnostics().stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::code)
        .toList();
  }

  private static String indented(String step) {
    return "  - " + step.strip().replace("\n", "\n    ") + "\n";
  }
}
