package dev.pgrunbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run whose every statement writes a number of its own into the table {@code effects}, which
 * takes duplicates: whatever is there twice, or missing, shows.
 *
 * <p>As many processes as it takes carry it out, one after another.
 */
final class EffectsRun {

  private static final String RUNBOOK =
      """
      runbook: proof/effects
      version: "1.0.0"
      title: Effects
      params:
        batch: {type: text, required: true}
        many: {type: integer, required: true}
      targets: {db: {}}
      steps:
        - id: each
          target: db
          review: none
          transaction: each
          generate: SELECT format('INSERT INTO effects VALUES (%L, %s)', :batch, n) FROM generate_series(1, :many) AS n
        - id: single
          target: db
          transaction: single
          sql: |
            INSERT INTO effects VALUES (:batch, :many + 1);
            INSERT INTO effects VALUES (:batch, :many + 2);
        - id: alone
          target: db
          transaction: none
          sql: INSERT INTO effects VALUES (:batch, :many + 3)
          verify: SELECT count(*) = 1 FROM effects WHERE batch = :batch AND n = :many + 3
        - id: items
          forEach: {n: [4, 5, 6]}
          target: db
          sql: INSERT INTO effects VALUES (:batch, :many + :n)
      finally:
        - {id: last, target: db, sql: "INSERT INTO effects VALUES (:batch, :many + 7)"}
      """;

  /** The same effects, four and three of them at a time. */
  private static final String SIDE_BY_SIDE =
      """
      runbook: proof/effects
      version: "1.0.0"
      title: Effects side by side
      params:
        batch: {type: text, required: true}
        many: {type: integer, required: true}
      targets: {db: {}}
      steps:
        - id: each
          forEach: {part: [1, 2, 3, 4], parallel: 4}
          target: db
          review: none
          transaction: each
          generate: SELECT format('INSERT INTO effects VALUES (%L, %s)', :batch, n) FROM generate_series(:part, :many, 4) AS n
        - id: rest
          parallel: 3
          steps:
            - id: single
              target: db
              transaction: single
              sql: |
                INSERT INTO effects VALUES (:batch, :many + 1);
                INSERT INTO effects VALUES (:batch, :many + 2);
            - id: alone
              target: db
              transaction: none
              sql: INSERT INTO effects VALUES (:batch, :many + 3)
              verify: SELECT count(*) = 1 FROM effects WHERE batch = :batch AND n = :many + 3
            - id: items
              forEach: {n: [4, 5, 6]}
              target: db
              sql: INSERT INTO effects VALUES (:batch, :many + :n)
      finally:
        - {id: last, target: db, sql: "INSERT INTO effects VALUES (:batch, :many + 7)"}
      """;

  /** How many items the first step has when it has items; each takes every fourth number. */
  private static final int PARTS = 4;

  private static final Pattern IN_DOUBT = Pattern.compile("^(\\S+) is in doubt");

  private static final int AFTER_THE_MANY = 7;

  /** Whether statements come one after the other. */
  enum Shape {
    IN_TURN(RUNBOOK),
    SIDE_BY_SIDE(EffectsRun.SIDE_BY_SIDE);

    private final String runbook;

    Shape(String runbook) {
      this.runbook = runbook;
    }
  }

  private final Path folder;
  private final TestPostgres database;
  private final String uri;
  private final String store;
  private final String id;
  private final int many;
  private final List<JsonObject> events = new ArrayList<>();
  private boolean begun;

  /**
   * @param uri how the program reaches the database
   * @param store where journals are kept, as {@code --store} takes it
   * @param many how many statements the first step generates
   */
  EffectsRun(Path folder, TestPostgres database, String uri, String store, String id, int many) {
    this.folder = folder;
    this.database = database;
    this.uri = uri;
    this.store = store;
    this.id = id;
    this.many = many;
  }

  /** Prepares a folder and a database for such runs. */
  static void prepare(Path folder, TestPostgres database, Shape shape) throws IOException {
    Files.writeString(folder.resolve("effects.yaml"), shape.runbook);
    database.execute("CREATE TABLE effects (batch text, n int)");
  }

  /** Starts the next process, which begins the run or goes on with it. */
  ProgramProcess start(String... options) throws IOException {
    boolean first = !begun;
    begun = true;
    List<String> words = new ArrayList<>();
    if (first) {
      words.addAll(List.of("run", "effects.yaml", "--run-id", id));
      words.addAll(List.of("-p", "batch=" + id, "-p", "many=" + many));
    } else {
      words.addAll(List.of("resume", id));
    }
    words.addAll(List.of("--target", "db=" + uri, "--store", store, "--yes"));
    words.addAll(List.of(options));
    return ProgramProcess.start(folder, words);
  }

  /** Keeps what a process that has ended had printed. */
  void ended(ProgramProcess process) {
    events.addAll(process.events());
  }

  /** Fails when a number is there twice, or is missing. */
  void assertEveryEffectOnce() {
    List<List<@Nullable String>> wrong =
        database.queryRows(
            "SELECT n, count(e.n) FROM generate_series(1, "
                + (many + AFTER_THE_MANY)
                + ") AS n LEFT JOIN effects AS e USING (n) WHERE e.batch IS NULL OR e.batch = '"
                + id
                + "' GROUP BY n HAVING count(e.n) <> 1");
    long rows = database.queryLong("SELECT count(*) FROM effects WHERE batch = '" + id + "'");
    assertThat(wrong).as("numbers that are not there once in %s", id).isEmpty();
    assertThat(rows).as("numbers of %s", id).isEqualTo(many + AFTER_THE_MANY);
  }

  /**
   * Says, as the person who is asked would, what became of the statements that are in doubt: looks
   * into the table.
   *
   * @return what {@code --mark} is given
   */
  String judge() {
    String address = inDoubt();
    JsonObject open = null;
    for (JsonObject event : events) {
      String name = event.get("event").getAsString();
      boolean announced = name.equals("StatementPrepared") || name.equals("StatementStarted");
      if (announced && address.equals(address(event))) {
        open = event;
      }
    }
    if (open == null) {
      throw new AssertionError("nothing is in doubt in " + id);
    }
    String step = open.get("step").getAsString();
    boolean there =
        database.queryLong(
                "SELECT count(*) FROM effects WHERE batch = '"
                    + id
                    + "' AND n = "
                    + number(step, open))
            > 0;
    return address + (there ? "=done" : "=again");
  }

  /** Of several that are in doubt, one at a time is said to be. */
  private String inDoubt() {
    String address = "";
    for (JsonObject event : events) {
      if (event.get("event").getAsString().equals("RunPaused") && event.has("message")) {
        Matcher matcher = IN_DOUBT.matcher(event.get("message").getAsString());
        address = matcher.find() ? matcher.group(1) : address;
      }
    }
    return address;
  }

  private static String address(JsonObject event) {
    String step = event.get("step").getAsString();
    return event.has("item") ? step + "[" + event.get("item") + "]" : step;
  }

  private int number(String step, JsonObject open) {
    return switch (step) {
      case "each" -> {
        int statement = open.getAsJsonArray("statements").get(0).getAsInt();
        yield open.has("item") ? open.get("item").getAsInt() + (statement - 1) * PARTS : statement;
      }
      case "single" -> many + 1;
      case "alone" -> many + 3;
      case "items" -> many + 3 + open.get("item").getAsInt();
      case "last" -> many + AFTER_THE_MANY;
      default -> throw new AssertionError(step);
    };
  }
}
