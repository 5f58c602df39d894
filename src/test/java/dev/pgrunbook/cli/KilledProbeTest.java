package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a probe had seen is told of though its process was killed, whichever store a run is in. */
@ExtendWith(PostgresExtension.class)
@Timeout(120)
class KilledProbeTest {

  private static final String RUNBOOK =
      """
      runbook: watched
      version: "1.0.0"
      title: Watched
      targets: {db: {}}
      steps:
        - id: watch
          forEach: {table: [one]}
          probe:
            every: 100ms
            sources: {db: "SELECT done, 3 AS total FROM copied"}
            progress: {done: done, total: total, unit: rows}
            until: done == total
      """;

  @TempDir private Path folder;
  private Caller caller;

  @BeforeEach
  void atHome() {
    caller = new Caller(folder).file("watched.yaml", RUNBOOK);
  }

  @Test
  void inFiles(TestPostgres db) throws Exception {
    Path attachments = caller.path("state/pgrunbook/runs/r1/attachments");
    killed(db, () -> drafts(attachments) == 1);
    assertThat(drafts(attachments)).isZero();
  }

  private static long drafts(Path attachments) {
    try (Stream<Path> files = Files.list(attachments)) {
      return files.filter(file -> file.getFileName().toString().matches("draft-\\w+")).count();
    } catch (IOException none) {
      return 0;
    }
  }

  @Test
  void inADatabase(TestPostgres db, TestPostgres kept) throws Exception {
    String drafts =
        "SELECT count(*) FROM pgrunbook.attachments WHERE digest LIKE 'draft-%' AND content <> ''";
    String exists = "SELECT count(*) FROM pg_namespace WHERE nspname = 'pgrunbook'";
    killed(
        db,
        () -> kept.queryLong(exists) == 1 && kept.queryLong(drafts) == 1,
        "--store",
        kept.uri());
    assertThat(kept.queryLong(drafts)).isZero();
  }

  private void killed(TestPostgres db, BooleanSupplier isDraftKept, String... store)
      throws Exception {
    db.execute("CREATE TABLE copied AS SELECT 1 AS done");
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "watched.yaml", "--run-id", "r1", "--target", "db=" + db.uri()));
    words.addAll(List.of(store));
    try (TerminalProcess run = TerminalProcess.start(folder, 100, words)) {
      await(isDraftKept);
      run.kill();
    }
    JsonArray probes = probes(store);
    assertThat(outcomes(probes)).containsExactly("unfinished");
    assertThat(points(probes.get(0))).isGreaterThan(5);
    assertThat(report(store, "html")).contains("class=\"area\"", "unfinished after");

    db.execute("UPDATE copied SET done = 3");
    assertThat(caller.resume("r1", db, store)).as(caller.said()).isEqualTo(ExitCode.DONE);
    JsonArray both = probes(store);
    assertThat(outcomes(both)).containsExactly("interrupted", "reached");
    assertThat(points(both.get(0))).isEqualTo(points(probes.get(0)));
    assertThat(caller.call(with(store, "audit", "r1"))).isEqualTo(ExitCode.DONE);
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static String[] with(String[] store, String... words) {
    return Stream.concat(Stream.of(words), Stream.of(store)).toArray(String[]::new);
  }

  private String report(String[] store, String format) {
    String[] words = with(store, "report", "r1", "--format", format);
    assertThat(caller.call(words)).as(caller.err()).isEqualTo(ExitCode.DONE);
    return caller.out();
  }

  private JsonArray probes(String[] store) {
    JsonObject report = JsonParser.parseString(report(store, "json")).getAsJsonObject();
    for (JsonElement step : report.getAsJsonArray("steps")) {
      if (step.getAsJsonObject().has("probes")) {
        return step.getAsJsonObject().getAsJsonArray("probes");
      }
    }
    return new JsonArray();
  }

  private static List<String> outcomes(JsonArray probes) {
    List<String> outcomes = new ArrayList<>();
    probes.forEach(probe -> outcomes.add(probe.getAsJsonObject().get("outcome").getAsString()));
    return outcomes;
  }

  private static int points(JsonElement probe) {
    return probe.getAsJsonObject().getAsJsonObject("curve").getAsJsonArray("points").size();
  }
}
