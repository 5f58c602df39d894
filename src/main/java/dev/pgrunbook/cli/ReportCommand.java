package dev.pgrunbook.cli;

import dev.pgrunbook.engine.GeneratedStatements;
import dev.pgrunbook.journal.CurveDraft;
import dev.pgrunbook.journal.JournalFailure;
import dev.pgrunbook.journal.ProbeCurve;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.render.report.HistoryBuilder;
import dev.pgrunbook.render.report.HistoryReader;
import dev.pgrunbook.render.report.HtmlReport;
import dev.pgrunbook.render.report.JsonReport;
import dev.pgrunbook.render.report.MarkdownReport;
import dev.pgrunbook.render.report.RunHistory;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes the history of a run as a document. */
final class ReportCommand extends StoreCommand {

  private static final List<String> FORMATS = List.of("html", "markdown", "json");

  @Override
  void declare(CommandSpec spec) {
    spec.addPositional(RunChoice.position("1"));
    spec.addOption(
        RunFlags.one("--format", "html|markdown|json", "What is written; else as --out ends."));
    spec.addOption(RunFlags.one("--out", "FILE", "Where it is written; else to standard output."));
    RunFlags.declareStore(spec);
  }

  @Override
  @Nullable String mistake(ParseResult arguments) {
    String format = format(arguments);
    return FORMATS.contains(format)
        ? null
        : "--format is html, markdown or json, not \"" + format + "\"";
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    String run = arguments.matchedPositionalValue(0, "");
    String document = document(history(run, setup), format(arguments));
    return new Output(setup.surroundings(), setup.messages())
        .write(document, arguments.matchedOptionValue("--out", (String) null));
  }

  private static String format(ParseResult arguments) {
    String out = arguments.matchedOptionValue("--out", (String) null);
    return arguments.matchedOptionValue("--format", implied(out));
  }

  private static String implied(@Nullable String out) {
    if (out != null && out.endsWith(".html")) {
      return "html";
    }
    return out != null && out.endsWith(".json") ? "json" : "markdown";
  }

  private static RunHistory history(String run, RunSetup setup) {
    HistoryReader reader = new HistoryReader();
    RecordedRun recorded = RecordedRun.read(run, setup, reader);
    return new HistoryBuilder(recorded.state(), recorded.runbook(), new Kept(run, setup))
        .build(reader, recorded.status(), setup.store().audit(run));
  }

  private static String document(RunHistory history, String format) {
    return switch (format) {
      case "html" -> HtmlReport.of(history, ZoneId.systemDefault());
      case "json" -> JsonReport.of(history);
      default -> MarkdownReport.of(history, ZoneId.systemDefault());
    };
  }

  /** What stands beside the journal. A curve that is lost is no reason to tell nothing. */
  private record Kept(String run, RunSetup setup) implements HistoryBuilder.Attachments {

    @Override
    public List<String> statements(String digest) {
      return GeneratedStatements.fromJson(setup.store().attachment(run, digest))
          .statements()
          .stream()
          .map(GeneratedStatements.Generated::sql)
          .toList();
    }

    @Override
    public @Nullable ProbeCurve curve(String digest) {
      try {
        return ProbeCurve.fromJson(setup.store().attachment(run, digest));
      } catch (JournalFailure | IllegalArgumentException lost) {
        return null;
      }
    }

    @Override
    public @Nullable CurveDraft draft(StepAddress probe) {
      try {
        String text = setup.store().draft(run, CurveDraft.name(probe));
        return text.isEmpty() ? null : CurveDraft.fromJson(text);
      } catch (JournalFailure | IllegalArgumentException lost) {
        return null;
      }
    }
  }
}
