package dev.pgrunbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.frontend.FrontEnd;
import dev.pgrunbook.frontend.GroovyFrontEnd;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is said in Groovy is what is said in YAML. */
class GroovyTwinsTest {

  private static final Path GOOD = Path.of("src/test/resources/groovy/good");
  private static final Path EXAMPLES = Path.of("examples/groovy");
  private static final Path BUILT_IN = Path.of("runbooks");

  @TestFactory
  List<DynamicTest> idiomaticFilesEqualTheirYaml() throws IOException {
    List<Path> files = files(GOOD, ".groovy");
    assertThat(files).hasSizeGreaterThanOrEqualTo(20);
    return files.stream()
        .map(file -> equal(file, file.resolveSibling(name(file).replace(".groovy", ".yaml"))))
        .toList();
  }

  @TestFactory
  List<DynamicTest> examplesEqualTheBuiltIns() throws IOException {
    List<Path> files = files(EXAMPLES, ".groovy");
    assertThat(files).hasSize(3);
    return files.stream()
        .map(
            file ->
                equal(
                    file,
                    BUILT_IN.resolve("pglogical").resolve(name(file).replace(".groovy", ".yaml"))))
        .toList();
  }

  private static DynamicTest equal(Path groovy, Path yaml) {
    return DynamicTest.dynamicTest(
        groovy.toString(),
        () ->
            assertThat(load(new GroovyFrontEnd(), groovy))
                .isEqualTo(load(new YamlFrontEnd(), yaml)));
  }

  private static Runbook load(FrontEnd frontEnd, Path file) {
    Validated<LoadedRunbook> loaded = new RunbookLoader(frontEnd).load(file, file.toString());
    assertThat(loaded.diagnostics()).extracting(GroovyTwinsTest::described).isEmpty();
    LoadedRunbook runbook = loaded.orNull();
    assertThat(runbook).isNotNull();
    return runbook.runbook();
  }

  private static String described(Diagnostic diagnostic) {
    String place = diagnostic.span() == null ? "-" : diagnostic.span().location();
    return place + " " + diagnostic.code() + " " + diagnostic.message();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static List<Path> files(Path root, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return new java.util.ArrayList<>(
          walk.filter(path -> path.toString().endsWith(suffix)).sorted().toList());
    }
  }
}
