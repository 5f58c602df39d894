package dev.pgrunbook.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.pgrunbook.render.PlanJson;
import dev.pgrunbook.render.PlanMarkdown;
import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind and key of a step, run on a real server. A case is a folder:
 *
 * <ul>
 *   <li>{@code runbook.yaml}; its roles are played by databases of their own,
 *   <li>{@code setup.sql}, run before on the database of the first role,
 *   <li>{@code params.yaml}, the arguments,
 *   <li>{@code script.txt}, what is done and answered; see {@link RunScript},
 *   <li>{@code runbook.groovy}, the same in the other spelling,
 *   <li>{@code plan.md} and {@code plan.json}, what the plan of its run says before it begins,
 *   <li>{@code events.jsonl}, the events and results expected, without what differs each time,
 *   <li>{@code verify.sql} and {@code verify.txt}, queries of the first role's database and their
 *       expected rows.
 * </ul>
 *
 * <p>{@code -Dgolden.update=true} writes the expectations anew and fails, so that somebody looks.
 */
@ExtendWith(PostgresExtension.class)
class GoldenRunTest {

  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final Set<String> INPUTS =
      Set.of(
          "runbook.yaml", "runbook.groovy", "setup.sql", "params.yaml", "script.txt", "verify.sql");
  private static final Set<String> OUTPUTS =
      Set.of("plan.md", "plan.json", "events.jsonl", "verify.txt");

  @TempDir private Path store;

  @TestFactory
  Stream<DynamicTest> cases(TestPostgres server) throws IOException {
    return folders().stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> run(folder, server)));
  }

  @Test
  void everyFileBelongsToACase() throws IOException {
    List<Path> orphans = new ArrayList<>();
    for (Path folder : folders()) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> !isKnown(file.getFileName().toString())).forEach(orphans::add);
      }
      for (String needed :
          List.of("runbook.yaml", "runbook.groovy", "plan.md", "plan.json", "events.jsonl")) {
        if (!Files.exists(folder.resolve(needed))) {
          orphans.add(folder.resolve(needed));
        }
      }
      if (Files.exists(folder.resolve("verify.sql"))
          != Files.exists(folder.resolve("verify.txt"))) {
        orphans.add(folder.resolve("verify.sql"));
      }
    }
    assertThat(orphans).isEmpty();
  }

  @Test
  void thereAreCases() throws IOException {
    assertThat(folders()).hasSizeGreaterThan(20);
  }

  private static boolean isKnown(String name) {
    return INPUTS.contains(name) || OUTPUTS.contains(name);
  }

  private void run(Path folder, TestPostgres server) throws IOException {
    GoldenRun run = new GoldenRun(folder, server, store.resolve(folder.getFileName()));
    compare(folder.resolve("plan.md"), run.plan(new PlanMarkdown()));
    compare(folder.resolve("plan.json"), run.plan(new PlanJson()));
    run.carryOut();
    compare(folder.resolve("events.jsonl"), run.events());
    String rows = run.verify();
    if (rows != null) {
      compare(folder.resolve("verify.txt"), rows);
    }
    if (UPDATE) {
      fail("written anew: " + folder);
    }
  }

  private static void compare(Path expected, String actual) throws IOException {
    if (UPDATE) {
      Files.writeString(expected, actual);
    } else {
      assertThat(actual).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
    }
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.sorted().toList();
    }
  }
}
