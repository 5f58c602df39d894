package dev.pgrunbook.cli;

import dev.pgrunbook.engine.RunControl;
import dev.pgrunbook.engine.RunOptions;
import dev.pgrunbook.engine.TargetDatabase;
import dev.pgrunbook.journal.Journal;
import dev.pgrunbook.plan.Plan;
import java.util.Map;

/** Whoever decides what the options of the command line do not. */
@FunctionalInterface
interface Attendant {

  /** Returns what decides in a run whose databases are at hand. */
  RunControl control(
      Plan plan, Journal journal, Map<String, TargetDatabase> targets, RunOptions options);
}
