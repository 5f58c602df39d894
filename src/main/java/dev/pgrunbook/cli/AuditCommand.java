package dev.pgrunbook.cli;

import dev.pgrunbook.journal.JournalAudit;
import dev.pgrunbook.journal.JournalAudit.Deed;
import dev.pgrunbook.render.DisplayText;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Verifies the record of a run, and tells who did what, when. */
final class AuditCommand extends StoreCommand {

  @Override
  void declare(CommandSpec spec) {
    spec.addPositional(RunChoice.position("1"));
    RunFlags.declareStore(spec);
  }

  @Override
  ExitCode run(ParseResult arguments, RunSetup setup) {
    JournalAudit audit = setup.store().audit(arguments.matchedPositionalValue(0, ""));
    PrintStream out = setup.surroundings().out();
    audit.deeds().forEach(deed -> print(deed, out));
    out.println();
    if (audit.damage() != null) {
      setup.messages().refuse(audit.damage(), "what is told above was written before that place");
      return ExitCode.ENVIRONMENT;
    }
    String records = audit.records() == 1 ? "1 record is" : audit.records() + " records are";
    out.println(records + " whole and unchanged; the last one's hash is " + audit.hash());
    if (audit.torn() > 0) {
      out.println(
          "A record of " + audit.torn() + " bytes was cut short by a crash and does not count.");
    }
    return ExitCode.DONE;
  }

  private static void print(Deed deed, PrintStream out) {
    String where = deed.address() == null ? "" : deed.address() + ": ";
    String text = DisplayText.lines(deed.text()).replace("\n", "\n    ");
    out.println(
        deed.at().truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + DisplayText.line(deed.by() + "  " + where)
            + text);
  }
}
