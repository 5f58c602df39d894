package dev.pgrunbook.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files made to hang, exhaust, mislead or take over a reader: each ends as the manifest says. */
class HostileYamlTest {

  private static final Path ROOT = Path.of("src/test/resources/hostile/yaml");
  private static final Duration TIME = Duration.ofSeconds(2);

  /** Bytes allocated while one file is read; the largest file may have 256 KiB. */
  private static final long MEMORY = 128L * 1024 * 1024;

  @TestFactory
  Stream<DynamicTest> files() throws IOException {
    return manifest().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> ends(entry)));
  }

  @Test
  void manifestNamesEveryFile() throws IOException {
    try (Stream<Path> list = Files.list(ROOT)) {
      assertThat(list.map(path -> path.getFileName().toString()).filter(n -> n.endsWith(".yaml")))
          .containsExactlyInAnyOrderElementsOf(manifest().keySet())
          .hasSizeGreaterThan(90);
    }
  }

  private static void ends(Map.Entry<String, String> entry) {
    Validated<?> outcome = assertTimeoutPreemptively(TIME, () -> measured(entry.getKey()));
    if (entry.getValue().equals("loads")) {
      assertThat(outcome.diagnostics()).isEmpty();
      return;
    }
    assertThat(outcome.diagnostics()).extracting(Diagnostic::code).contains(entry.getValue());
    assertThat(outcome.isValid()).isFalse();
    assertThat(outcome.diagnostics()).extracting(Diagnostic::span).doesNotContainNull();
  }

  private static Validated<?> measured(String name) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Validated<?> outcome = read(name);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MEMORY);
    return outcome;
  }

  private static Validated<?> read(String name) {
    Validated<SourceFile> file = SourceReader.read(ROOT.resolve(name), name);
    SourceFile text = file.orNull();
    return text == null ? file : new YamlFrontEnd().parse(text);
  }

  private static Map<String, String> manifest() throws IOException {
    Map<String, String> manifest = new TreeMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("manifest.txt"))) {
      if (!line.startsWith("#")) {
        String[] words = line.split(" +");
        manifest.put(words[0], words[1]);
      }
    }
    return manifest;
  }
}
