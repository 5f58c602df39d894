package dev.pgrunbook.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.ScalarNode.Style;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFrontEndTest {

  /** What YAML 1.1 takes for booleans, numbers, dates and nulls stays as it was written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "on",
        "off",
        "yes",
        "No",
        "y",
        "n",
        "TRUE",
        "22:22",
        "1:30:00",
        "0777",
        "0o17",
        "1.10",
        "1.0",
        "1_000",
        "0x1F",
        "0b101",
        "+1",
        "1e3",
        ".5",
        "5.",
        ".inf",
        "-.INF",
        ".nan",
        "~",
        "null",
        "Null",
        "NULL",
        "2026-11-23",
        "2026-11-23T01:02:03Z",
        "1.2.3",
        "=",
        "<",
        "a#b",
        "a:b",
        "::text",
        "-1",
        "--x",
        "?x",
        ":x",
        "a,b",
        "x[1]",
        "12345678901234567890"
      })
  void scalarsAreReadAsWritten(String written) {
    ScalarNode value = scalar("key: " + written + " # comment\n");
    assertThat(value.text()).isEqualTo(written);
    assertThat(value.style()).isEqualTo(Style.PLAIN);
    assertThat(value.span().start()).isEqualTo(5);
    assertThat(value.span().end()).isEqualTo(5 + written.length());
  }

  @Test
  void quotesMakeText() {
    assertThat(scalar("key: '~'\n").isNull()).isFalse();
    assertThat(scalar("key: \"null\"\n").style()).isEqualTo(Style.TEXT);
    assertThat(scalar("key: |\n  1\n").style()).isEqualTo(Style.TEXT);
  }

  @Test
  void absentValueIsNullWhereItWouldStand() {
    ScalarNode value = scalar("key:\nother: x\n");
    assertThat(value.isNull()).isTrue();
    assertThat(value.span().start()).isEqualTo(4);
    assertThat(value.span().end()).isEqualTo(4);
  }

  @Test
  void keysThatLookLikeOtherTypesAreText() {
    MappingNode mapping = (MappingNode) parse("on: a\n1: b\nyes: c\n2026-01-01: d\n1.0: e\n");
    assertThat(mapping.entries())
        .extracting(entry -> entry.key().text())
        .containsExactly("on", "1", "yes", "2026-01-01", "1.0");
  }

  @Test
  void collectionsEndWithTheirLastValue() {
    String text = "a:\n  - b\n  - {c: d}\n\n# comment\ne: f\n";
    MappingNode root = (MappingNode) parse(text);
    SequenceNode list = (SequenceNode) Objects.requireNonNull(root.get("a"));
    assertThat(cut(list.span())).isEqualTo("- b\n  - {c: d}");
    assertThat(cut(list.items().get(1).span())).isEqualTo("{c: d}");
    assertThat(cut(root.span())).isEqualTo(text.strip());
  }

  @Test
  void blockEndsWithItsText() {
    assertThat(cut(scalar("key: |\n  a\n  b\n\n\n# comment\nother: x\n").span()))
        .isEqualTo("|\n  a\n  b\n");
  }

  @Test
  void aliasIsTheNodeOfItsAnchor() {
    MappingNode root = (MappingNode) parse("a: &x\n  b: c\nd: *x\n");
    assertThat(root.get("d")).isSameAs(root.get("a"));
    assertThat(cut(Objects.requireNonNull(root.get("a")).span())).isEqualTo("b: c");
  }

  @Test
  void spansCountUtf16UnitsAfterSupplementaryCharacters() {
    MappingNode root = (MappingNode) parse("'📦📦': 𝒳x\nb: [📦, y]\n");
    assertThat(cut(root.entries().get(0).key().span())).isEqualTo("'📦📦'");
    assertThat(cut(root.entries().get(0).value().span())).isEqualTo("𝒳x");
    SequenceNode list = (SequenceNode) root.entries().get(1).value();
    assertThat(cut(list.items().get(1).span())).isEqualTo("y");
    assertThat(cut(list.span())).isEqualTo("[📦, y]");
  }

  @Test
  void oneRunTellsEveryMistakeThatLetsReadingGoOn() {
    Validated<SyntaxNode> outcome =
        new YamlFrontEnd().parse(new SourceFile("x", "a: !!str b\na: *c\n~: d\n<<: {}\n"));
    assertThat(outcome.diagnostics())
        .extracting(diagnostic -> diagnostic.code())
        .containsExactly(
            "yaml-tag", "yaml-alias", "yaml-duplicate-key", "yaml-key", "yaml-merge-key");
  }

  private static ScalarNode scalar(String text) {
    return (ScalarNode) ((MappingNode) parse(text)).entries().get(0).value();
  }

  private static SyntaxNode parse(String text) {
    Validated<SyntaxNode> outcome = new YamlFrontEnd().parse(new SourceFile("x.yaml", text));
    assertThat(outcome.diagnostics()).isEmpty();
    return Objects.requireNonNull(outcome.orNull());
  }

  private static String cut(SourceSpan span) {
    return span.file().text().substring(span.start(), span.end());
  }
}
