package dev.pgrunbook.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Every character of every scalar is found again in the file, and never by the fallback. */
class ScalarTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain words\n  go on  \n\n\n  and on",
        "'it''s\n  folded\n\n  twice'",
        "''",
        "''''",
        "\"\"",
        "\"\\\"\\\\\\t\\x41\\u00e9\\U0001F4E6\\_ \\\n   joined\\\n\n   up\n\n  x \"",
        "\" a  \n b\"",
        "|\n  a\n   b\n\n  c\n\n\n",
        "|-\n  a\n\n",
        "|+\n  a\n\n\n",
        "|+\n\n\n",
        "|2\n    two more\n  none\n",
        "|2-\n     \n   x\n",
        "|1+ # comment\n    \n  \n",
        "|\n",
        ">\n  a\n  b\n\n  c\n\n\n  d\n   more\n   indented\n  less\n\n   more\n\n  end\n",
        ">-\n  a\n\n",
        ">+\n\n  a\n\n\n  b\n\n\n",
        ">2\n   a\n  b\n",
        ">\n  a \n  b\t\n  \tc\n  d\n",
        "&anchor  text",
        "&anchor # comment\n  |\n  a\n",
        "&anchor 'text'"
      })
  void styles(String scalar) {
    for (String text : List.of("k: " + scalar, "k: " + scalar + "\nl: m\n", "- " + scalar)) {
      assertThat(exactScalars(text)).isNotZero();
      assertThat(exactScalars(text.replace("\n", "\r\n"))).isNotZero();
    }
  }

  @Test
  void corpus() throws IOException {
    int scalars = 0;
    for (Path path : corpusFiles()) {
      SourceFile file = SourceReader.read(path, path.toString()).orNull();
      if (file != null) {
        scalars += Math.max(0, scalarsOfAnything(file.text()));
      }
    }
    assertThat(scalars).isGreaterThan(1000);
  }

  private static List<Path> corpusFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path root : List.of(Path.of("runbooks"), Path.of("src/test/resources"))) {
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(path -> path.toString().endsWith(".yaml")).forEach(files::add);
      }
    }
    return files;
  }

  @Property(seed = "20261123", tries = 3000)
  void anyScalar(@ForAll("scalars") String scalar) {
    Statistics.collect(scalarsOfAnything("k: " + scalar + "\nl: m\n") > 0 ? "YAML" : "refused");
    scalarsOfAnything(scalar);
  }

  @Provide
  Arbitrary<String> scalars() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a",
            "b",
            " ",
            "  ",
            "\n",
            "\n  ",
            "\n   ",
            "\n\n",
            "\r\n  ",
            "\t",
            "''",
            "\\n",
            "\\x41",
            "\\u00e9",
            "\\\n",
            "\\\"",
            "#",
            ":",
            "-",
            "📦",
            "é",
            "\\U0001F4E6",
            "x y",
            ",",
            "\\ ");
    Arbitrary<String> body = pieces.list().ofMaxSize(20).map(list -> String.join("", list));
    Arbitrary<String[]> frames =
        Arbitraries.of(
            new String[][] {
              {"", ""},
              {"'", "'"},
              {"\"", "\""},
              {"|\n  ", ""},
              {"|-\n  ", ""},
              {"|+\n  ", ""},
              {"|2\n  ", ""},
              {">\n  ", ""},
              {">-\n  ", ""},
              {">+\n  ", ""},
              {">1\n   ", ""},
              {"&a ", ""},
              {"&a '", "'"}
            });
    return Combinators.combine(frames, body).as((frame, text) -> frame[0] + text + frame[1]);
  }

  /** Returns how many scalars there are, or -1 when the text is not YAML to its end. */
  private static int scalarsOfAnything(String text) {
    try {
      return exactScalars(text);
    } catch (YAMLException | NumberFormatException notYaml) {
      return -1;
    }
  }

  private static int exactScalars(String text) {
    SourceFile file = new SourceFile("x", text);
    Offsets offsets = new Offsets(text);
    ParserImpl parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
    int scalars = 0;
    for (Event event = parser.getEvent(); event != null; event = parser.getEvent()) {
      if (event instanceof ScalarEvent scalar && scalar.getTag() == null) {
        check(file, offsets, scalar);
        scalars++;
      }
    }
    return scalars;
  }

  private static void check(SourceFile file, Offsets offsets, ScalarEvent event) {
    int end = offsets.of(event.getEndMark());
    int start = Math.min(NodeProperties.of(file, offsets, (NodeEvent) event).end(), end);
    String value = event.getValue();
    if (event.isPlain() && value.isEmpty()) {
      return;
    }
    @Nullable SourceText text = ScalarText.exact(file, start, end, event.getScalarStyle(), value);
    if (text == null) {
      throw new AssertionError("no exact reading of %s in%n%s".formatted(event, file.text()));
    }
    int before = start - 1;
    for (int i = 0; i < value.length(); i++) {
      int place = text.fileOffset(i);
      char there = place < file.text().length() ? file.text().charAt(place) : '\n';
      boolean folded = there == '\n' || there == '\r' || there == '\\';
      if ((there != value.charAt(i) && !folded && !isSecondHalf(value, i)) || place < before) {
        throw new AssertionError(
            "character %d of %s stands at %d of%n%s".formatted(i, event, place, file.text()));
      }
      before = place;
    }
  }

  /** An escape gives both halves of a surrogate pair, the second of which stands nowhere. */
  private static boolean isSecondHalf(String value, int at) {
    return Character.isLowSurrogate(value.charAt(at));
  }
}
