package dev.pgrunbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.pgrunbook.frontend.FrontEnd;
import dev.pgrunbook.frontend.GroovyFrontEnd;
import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.render.DiagnosticFormatter;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every mistake with the words it is told in: {@code diagnostics/CODE/CASE.yaml}, or {@code
 * .groovy}, is the file, {@code CASE.txt} beside it the expected output, in which the code must
 * appear.
 *
 * <p>{@code -Dgolden.update=true} writes the outputs anew and fails, so that somebody looks.
 */
class DiagnosticsTest {

  private static final Path ROOT = Path.of("src/test/resources/diagnostics");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  /** What a file goes through; the only line that changes when more of the program looks at it. */
  private static Validated<?> check(SourceFile file, Path folder) {
    boolean groovy = file.name().endsWith(".groovy");
    FrontEnd frontEnd = groovy ? new GroovyFrontEnd() : new YamlFrontEnd();
    RunbookLoader loader = new RunbookLoader(frontEnd);
    return loader.load(file, SourceResolver.folder(folder, ""));
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return sources().stream()
        .map(file -> DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> run(file)));
  }

  @Test
  void everyExpectedOutputHasItsFile() throws IOException {
    List<Path> orphans = new ArrayList<>();
    for (Path expected : files("")) {
      String name = expected.getFileName().toString();
      String stem = name.replaceFirst("\\.[^.]*$", "");
      boolean known = name.matches(".*\\.(txt|yaml|groovy|sql)");
      boolean read =
          Files.exists(expected.resolveSibling(stem + ".yaml"))
              || Files.exists(expected.resolveSibling(stem + ".groovy"));
      if (!known || !read) {
        orphans.add(expected);
      }
    }
    assertThat(orphans).isEmpty();
  }

  @Test
  void thereAreCases() throws IOException {
    assertThat(files(".yaml")).hasSizeGreaterThan(20);
  }

  private static void run(Path path) throws IOException {
    String name = path.getFileName().toString();
    Path expected = path.resolveSibling(name.replaceFirst("\\.[^.]*$", ".txt"));
    String code = path.getParent().getFileName().toString();
    List<Diagnostic> diagnostics = diagnostics(path, name);
    String actual = new DiagnosticFormatter(Theme.PLAIN).format(diagnostics);
    if (UPDATE) {
      Files.writeString(expected, actual);
      fail("written anew: " + expected + "\n" + actual);
    }
    assertThat(actual).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
    assertThat(diagnostics).extracting(Diagnostic::code).contains(code);
    assertThat(diagnostics).extracting(Diagnostic::span).doesNotContainNull();
  }

  private static List<Diagnostic> diagnostics(Path path, String name) {
    Validated<SourceFile> file = SourceReader.read(path, name);
    SourceFile text = file.orNull();
    return text == null ? file.diagnostics() : check(text, path.getParent()).diagnostics();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>(files(".yaml"));
    sources.addAll(files(".groovy"));
    return sources;
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(Files::isRegularFile)
          .filter(path -> path.toString().endsWith(suffix))
          .sorted()
          .toList();
    }
  }
}
