package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.database.Rows;
import dev.pgrunbook.database.Rows.Column;
import dev.pgrunbook.journal.RunEvent;
import dev.pgrunbook.journal.RunEvent.Answer;
import dev.pgrunbook.journal.RunEvent.Outcome;
import dev.pgrunbook.journal.RunEvent.ReviewAnswered;
import dev.pgrunbook.journal.RunEvent.ReviewRequested;
import dev.pgrunbook.journal.RunEvent.RowsSaved;
import dev.pgrunbook.journal.RunEvent.RunFinished;
import dev.pgrunbook.journal.RunEvent.ServerError;
import dev.pgrunbook.journal.RunEvent.StatementFailed;
import dev.pgrunbook.journal.RunEvent.StatementFinished;
import dev.pgrunbook.journal.RunEvent.StatementResult;
import dev.pgrunbook.journal.RunEvent.StepFailed;
import dev.pgrunbook.journal.RunEvent.StepFinished;
import dev.pgrunbook.journal.RunEvent.StepSkipped;
import dev.pgrunbook.journal.RunEvent.StepStarted;
import dev.pgrunbook.journal.StepAddress;
import dev.pgrunbook.value.Value;
import java.time.Duration;
import java.util.List;

/** A run with everything in it that can be told, told to a display. */
final class Story {

  static final StepAddress DROP = StepAddress.of("drop-indexes");
  static final StepAddress WATCH = StepAddress.of("watch");

  private final Scene scene;
  private final RunDisplay display;

  Story(Scene scene, RunDisplay display) {
    this.scene = scene;
    this.display = display;
  }

  void record(RunEvent event) {
    display.recorded(scene.event(event));
  }

  private void start(StepAddress address) {
    record(new StepStarted(address, false, null, null));
  }

  /** From the beginning to statements that wait for a lock. */
  Story untilBlocked() {
    display.recorded(scene.started());
    StepAddress check = StepAddress.of("no-foreign-keys");
    start(check);
    scene.after(400);
    record(new StepFinished(check));
    sizes();
    StepAddress remember = StepAddress.of("remember-indexes");
    start(remember);
    record(new RowsSaved(remember, "indexes", "x", 1, Scene.indexes()));
    record(new StepFinished(remember));
    start(DROP);
    record(new ReviewRequested(DROP, "x", "y", 3));
    record(new ReviewAnswered(DROP, "alice", Answer.APPROVED, "--yes", "x", "y"));
    scene.after(2_500);
    display.blocked(DROP, Scene.lockTimeout().blockers());
    return this;
  }

  private void sizes() {
    StepAddress sizes = StepAddress.of("sizes");
    start(sizes);
    List<Column> columns =
        List.of(
            new Column("table", "text"), new Column("rows", "int8"), new Column("size", "text"));
    List<List<Value>> rows =
        List.of(
            List.of(
                Value.text("public.\"Person\""), Value.integer(3_412_345), Value.text("1204 MB")),
            List.of(Value.text("public.\"表\u001b[2J\""), Value.integer(12), Value.none()));
    display.rows(sizes, scene.step("sizes"), new Rows(columns, rows, false));
    scene.after(12);
    record(new StepFinished(sizes));
  }

  /** On to a copy that is under way. */
  Story untilCopying() {
    scene.after(500);
    record(new StatementFailed(DROP, 1, "DROP INDEX a", Scene.lockTimeout(), true));
    display.waiting(DROP, Duration.ofSeconds(3), "before the next try");
    scene.after(3_000);
    StatementResult result = new StatementResult("DROP INDEX", null);
    record(new StatementFinished(DROP, List.of(1, 2, 3), List.of(result, result, result), null));
    record(new StepFinished(DROP));
    record(new StepSkipped(StepAddress.of("approve-cut-over"), "`when` is false: n > 0"));
    record(new StepStarted(WATCH, false, 2, null));
    start(WATCH.item(1));
    display.sampled(scene.sample(1, 0, null, null, "i", 0));
    for (int i = 1; i < 8; i++) {
      scene.after(2_000);
      display.sampled(scene.sample(1, i * 2_000L, i * 412_345.0, 3_412_345.0, "d", 0));
    }
    return this;
  }

  /** On to a copy that stands still. */
  Story untilStill() {
    for (int i = 8; i < 16; i++) {
      scene.after(2_000);
      long still = (i - 8) * 2_000L;
      display.sampled(scene.sample(1, i * 2_000L, 3_412_345.0, 3_412_345.0, "u", still));
    }
    return this;
  }

  /** On to the end, which is a bad one. */
  Story untilFailed() {
    record(new StepFinished(WATCH.item(1)));
    start(WATCH.item(2));
    display.notice(WATCH.item(2), "the connection to subscriber was lost; trying again");
    scene.after(1_000);
    String why = "`fail` is true: workers == 'disabled'";
    record(new StepFailed(WATCH.item(2), why));
    record(new StepFailed(WATCH, why));
    StepAddress resync = StepAddress.of("resync");
    start(resync);
    ServerError error =
        new ServerError(
            "42P01",
            "undefined_table",
            "relation \"nope\" does not exist",
            null,
            "Look again.",
            15,
            List.of());
    String sql = "SELECT *\nFROM nope\nWHERE a = 1";
    record(new StatementFailed(resync, 1, sql, error, false));
    record(new StepFailed(resync, "relation \"nope\" does not exist (42P01 undefined_table)"));
    record(new RunFinished(Outcome.FAILED));
    return this;
  }
}
