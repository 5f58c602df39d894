package dev.pgrunbook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.GateAnswered;
import dev.pgrunbook.journal.RunEvent.GateKind;
import dev.pgrunbook.journal.RunEvent.GateRequested;
import dev.pgrunbook.journal.RunEvent.Mark;
import dev.pgrunbook.journal.RunEvent.OperatorMarked;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementCommitted;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementPrepared;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StatementStarted;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.RunEvent.TransactionIdentity;
import dev.pgrunbook.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * In whatever order the records of items that run side by side come, the state is that of the items
 * one after the other.
 */
class InterleavingProperties {

  private static final TransactionIdentity TRANSACTION =
      new TransactionIdentity("7", "cluster", 1L, "0/1", 42, null, null, null);

  private static final ServerError ERROR =
      new ServerError("40P01", "deadlock_detected", "no", null, null, null, List.of());

  @Property(seed = "20261125", tries = 500)
  void theStateIsThatOfTheItemsOneAfterTheOther(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<RunEvent>> items = new ArrayList<>();
    for (int item = 1; item <= 4; item++) {
      items.add(story(new StepAddress("copy", List.of(item)), random));
    }
    RunState inTurn = fold(items.stream().flatMap(List::stream).toList());
    RunState sideBySide = fold(interleaved(items, random));
    assertThat(sideBySide.variable("saved")).isEqualTo(inTurn.variable("saved"));
    assertThat(sideBySide.steps().keySet())
        .containsExactlyInAnyOrderElementsOf(inTurn.steps().keySet());
    inTurn
        .steps()
        .forEach(
            (address, expected) ->
                assertThat(sideBySide.step(address))
                    .as("%s", address)
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*Seq", ".*At")
                    .isEqualTo(expected));
  }

  private static List<RunEvent> interleaved(List<List<RunEvent>> items, Random random) {
    List<Deque<RunEvent>> left = new ArrayList<>();
    items.forEach(item -> left.add(new ArrayDeque<>(item)));
    List<RunEvent> all = new ArrayList<>();
    while (!left.isEmpty()) {
      Deque<RunEvent> next = left.get(random.nextInt(left.size()));
      all.add(next.remove());
      left.removeIf(Deque::isEmpty);
    }
    return all;
  }

  private static RunState fold(List<RunEvent> events) {
    RunState state = RunState.empty();
    List<RunEvent> all = new ArrayList<>(List.of(Stories.runStarted()));
    all.add(new StepStarted(StepAddress.of("copy"), false, 4, null));
    all.addAll(events);
    for (RunEvent event : all) {
      state.apply(new JournalRecord(state.lastSeq() + 1, Stories.CLOCK.instant(), "r1", event));
    }
    return state;
  }

  /** What one item may well have written, and some that none would. */
  private static List<RunEvent> story(StepAddress at, Random random) {
    List<RunEvent> story = new ArrayList<>();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      story.add(event(at, random.nextInt(13), 1 + random.nextInt(3), random));
    }
    return story;
  }

  private static RunEvent event(StepAddress at, int kind, int statement, Random random) {
    List<Integer> statements = List.of(statement);
    List<StatementResult> results = List.of(new StatementResult("INSERT", 1L));
    Value value = Value.integer(random.nextInt(1000));
    return switch (kind) {
      case 0, 1 -> new StepStarted(at, random.nextInt(4) == 0, null, null);
      case 2 -> new StatementStarted(at, statement, "x", "d", 42, null);
      case 3 -> new StatementPrepared(at, statements, "d", TRANSACTION, results, value);
      case 4 -> new StatementCommitted(at, statements);
      case 5 -> new StatementFinished(at, statements, results, null);
      case 6 -> new StatementFailed(at, statement, "x", ERROR, random.nextBoolean());
      case 7 -> new RowsSaved(at, "saved", "d", 1, value);
      case 8 -> new GateRequested(at, GateKind.GATE, "Go on?", "d", null);
      case 9 -> new GateAnswered(at, GateKind.GATE, "somebody", Answer.APPROVED, null, "d");
      case 10 -> new OperatorMarked(at, random.nextBoolean() ? Mark.DONE : Mark.AGAIN, "", "me");
      case 11 -> random.nextBoolean() ? new StepFinished(at) : new StepFailed(at, "no");
      default -> new StepSkipped(at, "no need");
    };
  }
}
