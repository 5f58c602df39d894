package dev.pgrunbook.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticFormatterTest {

  private static final SourceFile FILE =
      new SourceFile("a b/x.yaml", "one: 1\n\t再📦é: \u001b[31mtwo\r\nthree: 3\n");

  private static Diagnostic at(String text) {
    int start = FILE.text().indexOf(text);
    return Diagnostic.error("code", FILE.span(start, start + text.length()), "a sentence");
  }

  @Test
  void caretStandsUnderTabsWideCharactersAndEscapes() {
    assertThat(new DiagnosticFormatter(Theme.PLAIN).format(at("two").withHint("do this")))
        .isEqualTo(
            """
            a b/x.yaml:2:12: error[code]: a sentence
                2 |     再📦é: \\x1b[31mtwo
                  |                    ^^^
                  hint: do this
            """);
  }

  @Test
  void spanOverSeveralLinesIsMarkedToTheEndOfTheFirst() {
    Diagnostic diagnostic = Diagnostic.warning("w", FILE.span(0, FILE.text().length()), "all");
    assertThat(new DiagnosticFormatter(Theme.PLAIN).format(diagnostic))
        .isEqualTo(
            """
            a b/x.yaml:1:1: warning[w]: all
                1 | one: 1
                  | ^^^^^^
            """);
  }

  @Test
  void relatedPlacesStandBelow() {
    assertThat(
            new DiagnosticFormatter(Theme.PLAIN)
                .format(at("three").withRelated("the first", FILE.span(0, 3))))
        .isEqualTo(
            """
            a b/x.yaml:3:1: error[code]: a sentence
                3 | three: 3
                  | ^^^^^
                  a b/x.yaml:1:1: the first
                1 | one: 1
                  | ---
            """);
  }

  @Test
  void coloursAreThereOnlyWhenAskedFor() {
    assertThat(new DiagnosticFormatter(Theme.PLAIN).format(at("two"))).doesNotContain("\u001b");
    assertThat(new DiagnosticFormatter(Theme.ANSI).format(at("two")))
        .contains("\u001b[1;31merror[code]\u001b[0m");
  }

  @Test
  void messageWithoutPlaceIsOneLine() {
    Diagnostic diagnostic = Diagnostic.error("code", null, "a \u001b sentence");
    assertThat(new DiagnosticFormatter(Theme.PLAIN).format(diagnostic))
        .isEqualTo("error[code]: a \\x1b sentence\n");
  }

  @Test
  void jsonTellsPlacesInCodePoints() {
    String json = DiagnosticJson.json(List.of(at("two").withHint("do")));
    JsonObject first =
        JsonParser.parseString(json)
            .getAsJsonObject()
            .getAsJsonArray("diagnostics")
            .get(0)
            .getAsJsonObject();
    assertThat(first.toString())
        .isEqualTo(
            "{\"severity\":\"error\",\"code\":\"code\",\"message\":\"a sentence\",\"hint\":\"do\","
                + "\"file\":\"a b/x.yaml\",\"line\":2,\"column\":12,\"endLine\":2,\"endColumn\":15,"
                + "\"related\":[]}");
  }

  @Test
  void sarifNamesRulesOnceAndEncodesPaths() {
    String sarif = DiagnosticJson.sarif(List.of(at("two"), at("three")), "1.0.0");
    JsonObject run =
        JsonParser.parseString(sarif)
            .getAsJsonObject()
            .getAsJsonArray("runs")
            .get(0)
            .getAsJsonObject();
    assertThat(run.getAsJsonArray("results")).hasSize(2);
    assertThat(run.getAsJsonObject("tool").getAsJsonObject("driver").getAsJsonArray("rules"))
        .hasSize(1);
    assertThat(sarif).contains("\"uri\": \"a%20b/x.yaml\"").contains("\"startColumn\": 12");
  }
}
