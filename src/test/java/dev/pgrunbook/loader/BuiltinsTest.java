package dev.pgrunbook.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every built-in runbook loads, without a remark, under the name of its file. */
class BuiltinsTest {

  private static final Path ROOT = Path.of("runbooks");

  @TestFactory
  List<DynamicTest> load() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(path -> path.toString().endsWith(".yaml"))
          .sorted()
          .map(path -> DynamicTest.dynamicTest(path.toString(), () -> loads(path)))
          .toList();
    }
  }

  private static void loads(Path path) {
    Validated<LoadedRunbook> loaded =
        new RunbookLoader(new YamlFrontEnd()).load(path, path.toString());
    assertThat(loaded.diagnostics()).extracting(BuiltinsTest::described).isEmpty();
    LoadedRunbook runbook = loaded.orNull();
    assertThat(runbook).isNotNull();
    assertThat(ROOT.relativize(path).toString()).isEqualTo(runbook.runbook().name() + ".yaml");
    assertThat(runbook.sources()).hasSizeGreaterThanOrEqualTo(1);
  }

  private static String described(Diagnostic diagnostic) {
    String place = diagnostic.span() == null ? "-" : diagnostic.span().location();
    return place + " " + diagnostic.code() + " " + diagnostic.message() + " / " + diagnostic.hint();
  }
}
