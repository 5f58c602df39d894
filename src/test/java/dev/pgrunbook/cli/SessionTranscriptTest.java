package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.Golden;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions over a pipe, on a real server. A case is a folder of {@code
 * src/test/resources/sessions}:
 *
 * <ul>
 *   <li>{@code runbook.yaml}; its role {@code db} is played by a database of its own,
 *   <li>{@code setup.sql}, run before,
 *   <li>{@code call.txt}, the command lines, one after the other, {@code @FILE} for what is typed;
 *       without it, {@code step} and what {@code commands.txt} has,
 *   <li>{@code screen.txt}, what is shown, without what differs each time.
 * </ul>
 */
@ExtendWith(PostgresExtension.class)
class SessionTranscriptTest {

  private static final Path ROOT = Path.of("src/test/resources/sessions");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> cases(TestPostgres server) throws IOException {
    return folders().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(each.getFileName().toString(), () -> run(each, server)));
  }

  @Test
  void everyCommandIsUsedInSomeSession() throws IOException {
    Set<String> typed = new TreeSet<>();
    for (Path each : folders()) {
      try (Stream<Path> files = Files.list(each)) {
        for (Path file : files.filter(one -> one.toString().endsWith("commands.txt")).toList()) {
          Files.readAllLines(file).forEach(line -> typed.add(line.split("[ ;]", 2)[0]));
        }
      }
    }
    assertThat(typed)
        .contains("next", "run", "until", "skip", "done", "retry", "fail", "break", "unbreak")
        .contains("quit", "approve", "reject", "pick", "edit", "original", "list", "show", "plan")
        .contains("undo", "vars", "set", "note", "sql", "sql!", "explain", "use", "probe", "watch")
        .contains("blockers", "\\d", "\\di", "\\x", "\\timing", "help");
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(ROOT)) {
      return all.sorted().toList();
    }
  }

  private void run(Path kase, TestPostgres server) throws IOException {
    TestPostgres database = server.newDatabase();
    if (Files.exists(kase.resolve("setup.sql"))) {
      database.execute(Files.readString(kase.resolve("setup.sql")));
    }
    Caller caller = new Caller(Files.createDirectories(folder.resolve(kase.getFileName())));
    caller.file("runbook.yaml", Files.readString(kase.resolve("runbook.yaml")));
    caller
        .with("EDITOR", "sed -i s/orders_c/orders_b/")
        .with("LC_ALL", "C.UTF-8")
        .with("COLUMNS", "100");
    caller.with("ORDERS_PASSWORD", database.address().password());
    caller.file("pgrunbook.yaml", workspace(database, Files.exists(kase.resolve("protected"))));
    Path calls = kase.resolve("call.txt");
    List<String> lines =
        Files.exists(calls)
            ? Files.readAllLines(calls)
            : List.of("step runbook.yaml @commands.txt");
    List<String> screen = new ArrayList<>();
    for (String line : lines) {
      screen.addAll(call(caller, kase, line));
    }
    Golden.check(
        "sessions/" + kase.getFileName() + "/screen.txt",
        screen.stream().map(shown -> plain(shown, database)).toList());
  }

  private static String workspace(TestPostgres database, boolean guarded) {
    return """
    connections:
      orders:
        url: "postgresql://127.0.0.1:%d/%s"
        user: %s
        password: {env: ORDERS_PASSWORD}
        protected: %s
    """
        .formatted(
            database.address().port(), database.database(), database.address().user(), guarded);
  }

  private static List<String> call(Caller caller, Path kase, String line) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" ")) {
      if (word.startsWith("@")) {
        caller.typing(Files.readString(kase.resolve(word.substring(1))));
      } else {
        words.add(word);
      }
    }
    String command = words.get(0);
    if (Set.of("step", "run", "resume").contains(command)) {
      words.addAll(List.of("--target", "db=orders"));
    }
    if (Set.of("step", "run").contains(command)) {
      words.addAll(List.of("--run-id", "r1"));
    }
    ExitCode code = caller.call(words.toArray(new String[0]));
    List<String> shown = new ArrayList<>();
    shown.add("$ pgrunbook " + line);
    shown.addAll(caller.said().lines().toList());
    shown.add("[exit " + code.number() + "]");
    caller.typing("");
    return shown;
  }

  /** Returns a line without what differs each time. */
  private static String plain(String line, TestPostgres database) {
    return line.replace(database.database(), "orders")
        .replaceAll("[\\w.]+:\\d+/orders as \\w+", "db1:5432/orders as runbook")
        .replaceAll("PostgreSQL \\d+(\\.\\d+)?", "PostgreSQL VERSION")
        .replaceAll("postgresql://[^ ]*?/orders", "postgresql://db1/orders")
        .replaceAll(" +\\d+(\\.\\d+)? (ms|s)\\b", " T")
        .replaceAll("(?<=[(, ])\\d+ (bytes|kB)(?=[,)])", "SIZE")
        .replaceAll("\\b\\d{2,7}(?= *\\| (postgres|test))", "PID")
        .replaceAll("/[^ ]*/junit[^/]*/[^/]*/", "/home/alice/")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "NOW")
        .replaceAll(System.getProperty("user.name") + " on [\\w.-]+", "alice on db-admin")
        .replaceAll("\\(" + System.getProperty("user.name") + "\\)", "(alice)")
        .replaceAll("by " + System.getProperty("user.name"), "by alice");
  }
}
