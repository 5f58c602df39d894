package dev.pgrunbook.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.pgrunbook.render.DiagnosticFormatter;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mistake of a workspace with the words it is told in: {@code CODE/CASE.yaml} is the file,
 * {@code CASE.txt} beside it the expected output, in which no password may appear.
 *
 * <p>{@code -Dgolden.update=true} writes the outputs anew and fails, so that somebody looks.
 */
class WorkspaceDiagnosticsTest {

  private static final Path ROOT = Path.of("src/test/resources/diagnostics-workspace");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> cases() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      List<DynamicTest> cases =
          walk.filter(path -> path.toString().endsWith(".yaml"))
              .sorted()
              .map(
                  path ->
                      DynamicTest.dynamicTest(ROOT.relativize(path).toString(), () -> run(path)))
              .toList();
      assertThat(cases).hasSizeGreaterThan(10);
      return cases;
    }
  }

  private void run(Path path) throws IOException {
    Path expected = Path.of(path.toString().replaceAll("yaml$", "txt"));
    Files.writeString(folder.resolve("pgrunbook.yaml"), Files.readString(path));
    List<Diagnostic> diagnostics =
        Workspace.find(new Machine(folder, Map.of(), "operator")).diagnostics();
    String actual = new DiagnosticFormatter(Theme.PLAIN).format(diagnostics);
    if (UPDATE) {
      Files.writeString(expected, actual);
      fail("written anew: " + expected + "\n" + actual);
    }
    assertThat(actual).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
    assertThat(diagnostics)
        .extracting(Diagnostic::code)
        .contains(path.getParent().getFileName().toString());
    assertThat(diagnostics.toString() + actual).doesNotContain("t0psecret");
  }
}
