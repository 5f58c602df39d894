package dev.pgrunbook.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Damaged built-ins never make the loader throw, and all that is said of them has its place. */
class LoaderFuzzTest {

  private static final List<String> PIECES =
      List.of(
          ":",
          "- ",
          "\n",
          "  ",
          "{",
          "}",
          "[",
          "]",
          "'",
          "\"",
          "${",
          "}",
          ":x",
          ":\"x\"",
          "null",
          "steps:\n",
          "sql: BEGIN\n",
          "save: {a: b}\n",
          "forEach: {t: tables}\n",
          "probe:\n",
          "query:\n",
          "0",
          "-1",
          "99999999999999999999",
          "1h",
          "$$",
          "--",
          "/*",
          "é",
          "&a ",
          "*a",
          "default: x\n",
          "type: json\n",
          "wait: {until: 1}\n",
          "parallel: 2\n",
          "batch: {}\n");

  @Property(seed = "20261123", tries = 300, shrinking = ShrinkingMode.OFF)
  void damagedRunbooks(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> originals = originals();
    String text = damaged(originals.get(random.nextInt(originals.size())), random);
    SourceFile file = new SourceFile("damaged.yaml", text);
    Validated<LoadedRunbook> loaded =
        new RunbookLoader(new YamlFrontEnd()).load(file, SourceResolver.none());
    for (Diagnostic diagnostic : loaded.diagnostics()) {
      SourceSpan span = diagnostic.span();
      assertThat(span).as(diagnostic.toString()).isNotNull();
      assertThat(span.file()).isEqualTo(file);
      assertThat(span.end()).isLessThanOrEqualTo(text.length());
      assertThat(diagnostic.message()).isNotBlank().doesNotEndWith(".");
    }
  }

  /** Changes single lines mostly, so that the files stay YAML often enough to be bound. */
  private static String damaged(String original, Random random) {
    StringBuilder text = new StringBuilder(original);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length());
      int lineStart = text.lastIndexOf("\n", at) + 1;
      int lineEnd = text.indexOf("\n", at) + 1;
      switch (random.nextInt(6)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.delete(lineStart, Math.max(lineStart, lineEnd));
        case 3 -> text.insert(lineStart, text.substring(lineStart, Math.max(lineStart, lineEnd)));
        case 4 -> {
          int colon = text.indexOf(": ", lineStart);
          text.insert(colon < 0 ? at : colon + 2, PIECES.get(random.nextInt(PIECES.size())));
        }
        default -> text.setCharAt(at, (char) ('a' + random.nextInt(26)));
      }
    }
    return text.toString();
  }

  private static List<String> originals() {
    try (Stream<Path> walk = Files.walk(Path.of("runbooks"))) {
      return walk.filter(path -> path.toString().endsWith(".yaml"))
          .sorted()
          .map(LoaderFuzzTest::read)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
