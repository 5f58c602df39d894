package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.Target;
import dev.pgrunbook.journal.RunEvent.TransactionIdentity;
import dev.pgrunbook.value.Value;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as runs have them. */
final class Stories {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private Stories() {}

  static RunStarted runStarted() {
    return new RunStarted(
        "pglogical/resync",
        "1.2.0",
        "d1",
        null,
        Map.of("tables", Value.text("public.\"Person\"")),
        Map.of("publisher", new Target("prod", "db1:5432/app as admin")),
        "0.1.0",
        EventJson.FORMAT,
        "anna",
        "host1",
        Map.of("runbook.yaml", "0".repeat(64)));
  }

  static RunResumed runResumed(boolean abort) {
    return new RunResumed("ben", "host2", "0.1.0", EventJson.FORMAT, abort, "d2", Map.of());
  }

  static StepStarted stepStarted(StepAddress address) {
    return new StepStarted(address, false, null, null);
  }

  static StatementStarted statementStarted(StepAddress address, int statement) {
    return new StatementStarted(address, statement, "VACUUM t", "d", 42, NOW);
  }

  static StatementPrepared prepared(StepAddress address, @Nullable Value saved, Integer... which) {
    List<StatementResult> outcomes =
        List.of(which).stream().map(each -> new StatementResult("INSERT", 10L)).toList();
    TransactionIdentity identity =
        new TransactionIdentity(
            "7" + which[0], "7123456789012345678", 1L, "0/16B3740", 42, NOW, NOW, NOW);
    return new StatementPrepared(address, List.of(which), "d", identity, outcomes, saved);
  }

  static StatementCommitted committed(StepAddress address, Integer... which) {
    return new StatementCommitted(address, List.of(which));
  }

  static StatementFailed failed(StepAddress address, String condition, boolean willRetry) {
    ServerError error = new ServerError("57014", condition, "why", null, null, null, List.of());
    return new StatementFailed(address, 1, "SELECT 1", error, willRetry);
  }

  /** Folds events that follow the beginning of a run, which is record 1. */
  static RunState fold(RunEvent... events) {
    RunState state = RunState.empty();
    state.apply(new JournalRecord(1, NOW, "r", runStarted()));
    for (RunEvent event : events) {
      state.apply(new JournalRecord(state.lastSeq() + 1, NOW, "r", event));
    }
    return state;
  }
}
