package dev.pgrunbook.journal;

import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.OperatorNote;
import dev.pgrunbook.journal.RunEvent.OperatorSql;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.RunPaused;
import dev.pgrunbook.journal.RunEvent.RunResumed;
import dev.pgrunbook.journal.RunEvent.RunStarted;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepEvent;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.VariableSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run, verified: who did what, when.
 *
 * @param records how many records are whole and belong to each other
 * @param hash the hash of the last one, which stands for them all
 * @param torn how many bytes of a record follow that a crash cut short; 0 for none
 * @param damage a sentence that says where the record is damaged, or null when it is not; what
 *     follows there is not among the deeds
 * @param deeds what people, and the program in their name, did
 */
public record JournalAudit(
    long records, String hash, long torn, @Nullable String damage, List<Deed> deeds) {

  public JournalAudit {
    deeds = List.copyOf(deeds);
  }

  /**
   * Something that somebody did.
   *
   * @param seq the record that tells it
   * @param by who did it, or for whom the program did it
   * @param address the step or item, or null for the run as a whole
   * @param text what was done, in words; several lines where SQL is
   */
  public record Deed(long seq, Instant at, String by, @Nullable StepAddress address, String text) {}

  /**
   * Goes through a journal that has not been read yet.
   *
   * @throws JournalFailure when it cannot be read
   */
  public static JournalAudit of(JournalTail journal) {
    Telling telling = new Telling();
    String damage = null;
    try {
      journal.read(telling::take);
    } catch (JournalFailure failure) {
      if (failure.isOutside()) {
        throw failure;
      }
      damage = failure.getMessage();
    }
    return new JournalAudit(
        telling.records,
        journal.hash(),
        damage == null ? journal.torn() : 0,
        damage,
        telling.deeds);
  }

  /** Goes through the records in order. */
  private static final class Telling {

    private final List<Deed> deeds = new ArrayList<>();
    private final Map<StepAddress, StatementPrepared> prepared = new HashMap<>();
    private String operator = "";
    private long records;

    void take(JournalRecord entry) {
      records++;
      RunEvent event = entry.event();
      String by = by(event);
      String text = event instanceof StepEvent step ? step(step) : run(event);
      if (text != null) {
        StepAddress address = event instanceof StepEvent step ? step.address() : null;
        deeds.add(new Deed(entry.seq(), entry.at(), by, address, text));
      }
    }

    private String by(RunEvent event) {
      if (event instanceof RunStarted started) {
        operator = started.by() + "@" + started.host();
      } else if (event instanceof RunResumed resumed) {
        operator = resumed.by() + "@" + resumed.host();
      } else if (event instanceof GateAnswered answered) {
        return answered.by();
      } else if (event instanceof ReviewAnswered answered) {
        return answered.by();
      } else if (event instanceof OperatorMarked marked) {
        return marked.by();
      } else if (event instanceof OperatorSql own) {
        return own.by();
      } else if (event instanceof OperatorNote note) {
        return note.by();
      } else if (event instanceof VariableSet set && set.by() != null) {
        return set.by();
      }
      return operator;
    }

    private static @Nullable String run(RunEvent event) {
      if (event instanceof RunStarted started) {
        StringJoiner targets = new StringJoiner(", ");
        started.targets().forEach((role, target) -> targets.add(role + " " + target.display()));
        return "began "
            + started.runbook()
            + " "
            + started.version()
            + " on "
            + targets
            + " with pgrunbook "
            + started.program()
            + ", runbook digest "
            + started.digest();
      } else if (event instanceof RunResumed resumed) {
        return (resumed.abort() ? "gave the run up" : "went on")
            + " with pgrunbook "
            + resumed.program()
            + ", runbook digest "
            + resumed.digest();
      } else if (event instanceof RunPaused paused) {
        return "paused (" + paused.reason().word() + ")" + after(": ", paused.message());
      } else if (event instanceof RunFinished finished) {
        return "ended: " + finished.outcome().word();
      }
      throw new AssertionError(event);
    }

    /** Returns what a step did, or null where it is nothing that anybody is asked about later. */
    private @Nullable String step(StepEvent event) {
      if (event instanceof StatementPrepared transaction) {
        prepared.put(transaction.address(), transaction);
        return null;
      } else if (event instanceof StatementCommitted committed) {
        return committed(committed);
      } else if (event instanceof StatementFinished finished) {
        return statements(finished.statements()) + ": " + results(finished.outcomes());
      } else if (event instanceof StatementStarted started) {
        return "sent statement " + started.statement() + ":\n" + started.sql();
      } else if (event instanceof StatementFailed failed) {
        prepared.remove(failed.address());
        return failed(failed);
      } else if (event instanceof StepSkipped skipped) {
        return "skipped: " + skipped.reason();
      } else if (event instanceof StepFailed failed) {
        return "failed: " + failed.message();
      }
      return answer(event);
    }

    private static @Nullable String answer(StepEvent event) {
      if (event instanceof ReviewAnswered answered) {
        return answered.answer().word()
            + " the statements of digest "
            + answered.digest()
            + after(": ", answered.comment());
      } else if (event instanceof GateAnswered answered) {
        return answered.answer().word()
            + " ("
            + answered.gate().word()
            + ")"
            + after(": ", answered.comment());
      } else if (event instanceof OperatorMarked marked) {
        return "marked " + marked.mark().word() + ": " + marked.reason();
      } else if (event instanceof VariableSet set && (set.by() != null || !set.value().isNull())) {
        String value = set.value().isNull() ? "null" : set.value().display();
        return "set " + set.variable() + " to " + value;
      } else if (event instanceof OperatorNote note) {
        return "noted: " + note.text();
      } else if (event instanceof OperatorSql own) {
        return own(own);
      }
      return null;
    }

    private static String own(OperatorSql own) {
      ServerError error = own.error();
      String what = "own statements on " + own.target();
      return switch (own.progress()) {
        case SENT -> "sent " + what + ":\n" + own.sql();
        case DONE -> what + ": " + results(own.outcomes());
        case FAILED -> what + " had no effect: " + (error == null ? "" : error.message());
      };
    }

    private String committed(StatementCommitted committed) {
      String text = "committed " + statements(committed.statements());
      StatementPrepared transaction = prepared.remove(committed.address());
      return transaction == null
          ? text
          : text
              + " in transaction "
              + transaction.transaction().xid()
              + ", digest "
              + transaction.digest()
              + ": "
              + results(transaction.outcomes());
    }

    private static String failed(StatementFailed failed) {
      String sql = failed.sql().isEmpty() ? "" : "\n" + failed.sql();
      return "statement "
          + failed.statement()
          + " was refused: "
          + failed.error().message()
          + " ("
          + failed.error().sqlstate()
          + ")"
          + sql;
    }

    private static String statements(List<Integer> statements) {
      if (statements.size() < 2) {
        return statements.isEmpty() ? "no statement" : "statement " + statements.get(0);
      }
      int first = statements.get(0);
      int last = statements.get(statements.size() - 1);
      boolean gapless = last - first == statements.size() - 1;
      return "statements " + (gapless ? first + " to " + last : statements);
    }

    /** Many statements of one kind are told in one: a thousand inserts are no thousand words. */
    private static String results(List<StatementResult> outcomes) {
      Map<String, long[]> counts = new LinkedHashMap<>();
      for (StatementResult outcome : outcomes) {
        long[] count = counts.computeIfAbsent(outcome.command(), key -> new long[2]);
        count[0]++;
        Long rows = outcome.rows();
        count[1] = rows == null || count[1] < 0 ? -1 : count[1] + rows;
      }
      StringJoiner text = new StringJoiner(", ");
      counts.forEach(
          (command, count) ->
              text.add(
                  (count[0] == 1 ? "" : count[0] + " × ")
                      + command
                      + (count[1] < 0
                          ? ""
                          : ", " + count[1] + (count[1] == 1 ? " row" : " rows"))));
      return text.toString();
    }

    private static String after(String separator, @Nullable String text) {
      return text == null ? "" : separator + text;
    }
  }
}
