package dev.pgrunbook.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.render.DiagnosticFormatter;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Validated;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes: reading ends, throws nothing, and places every mistake inside the file. */
class YamlRobustnessTest {

  private static final String GOOD =
      """
      # a comment
      runbook: pglogical/resync-tables
      version: "1.0.0"
      params:
        tables: {type: 'table[]', required: true, example: ['public."Person"']}
        other: &other
          type: text
      steps:
        - id: check
          target: subscriber
          check: |
            SELECT count(*) = 0
            FROM pg_constraint
          message: "it's 📦 ${x}\\n"
        - id: same
          description: >-
            folded
            text

            again
          with: *other
      """;

  @Property(seed = "20261123", tries = 2000)
  void anyBytes(@ForAll @Size(max = 200) byte[] bytes) {
    check(bytes);
  }

  @Property(seed = "20261123", tries = 3000)
  void anythingThatLooksLikeYaml(@ForAll("yamlLike") String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(seed = "20261123", tries = 3000)
  void mutations(
      @ForAll @IntRange(max = 500) int at,
      @ForAll @IntRange(max = 30) int removed,
      @ForAll("yamlLike") String inserted) {
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int start = at % good.length;
    int end = Math.min(good.length, start + removed);
    byte[] middle = inserted.getBytes(StandardCharsets.UTF_8);
    byte[] mutated = new byte[start + middle.length + good.length - end];
    System.arraycopy(good, 0, mutated, 0, start);
    System.arraycopy(middle, 0, mutated, start, middle.length);
    System.arraycopy(good, end, mutated, start + middle.length, good.length - end);
    check(mutated);
  }

  @Provide
  Arbitrary<String> yamlLike() {
    return Arbitraries.of(
            "a",
            "b: ",
            "- ",
            "? ",
            ": ",
            "\n",
            "\n  ",
            "\n    ",
            "\t",
            " ",
            "|",
            ">",
            "'",
            "\"",
            "[",
            "]",
            "{",
            "}",
            ",",
            "#",
            " # ",
            "&a ",
            "*a",
            "!",
            "!!str ",
            "%",
            "@",
            "`",
            "---\n",
            "...\n",
            "\\",
            "\\x",
            "\\u12",
            "<<: ",
            "~",
            "|2",
            ">-",
            "%YAML 1.1\n",
            "!<",
            "1",
            "\r",
            "\u00a0",
            "\ud800",
            "📦",
            "\u2028",
            "\0",
            "k:v")
        .list()
        .ofMaxSize(12)
        .map(list -> String.join("", list));
  }

  private static void check(byte[] bytes) {
    Validated<SourceFile> file = SourceReader.decode("x.yaml", bytes);
    SourceFile text = file.orNull();
    Validated<?> outcome = text == null ? file : new YamlFrontEnd().parse(text);
    assertThat(outcome.isValid()).isEqualTo(outcome.diagnostics().isEmpty());
    for (Diagnostic diagnostic : outcome.diagnostics()) {
      SourceSpan span = Objects.requireNonNull(diagnostic.span());
      assertThat(span.end()).isLessThanOrEqualTo(span.file().text().length());
      assertThat(diagnostic.message()).doesNotContain("gave up");
      assertThat(new DiagnosticFormatter(Theme.PLAIN).format(diagnostic)).endsWith("\n");
    }
  }
}
