package dev.pgrunbook.render.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "'><img src=x onerror=alert(1)>",
        "</style><script>alert(1)</script>",
        "--><svg/onload=alert(1)>",
        "javascript:alert(1)",
        "&lt;script&gt;",
        "\u001b[31m\u202e|\n# no heading\n```"
      })
  void whateverThingsAreCalledTheyAreOnlyText(String name) {
    String page = HtmlReport.of(Histories.everythingCalled(name), UTC);

    assertThat(page)
        .doesNotContain("<script", "<img", "onerror=alert(1)>", "<svg/", "\u001b", "\u202e")
        .doesNotContain("\" onload=\"", "href=\"javascript:", " style=");
    assertThat(page.split("</style>", -1)).hasSize(2);
    String markdown = MarkdownReport.of(Histories.everythingCalled(name), UTC);
    assertThat(markdown).doesNotContain("\u001b", "\u202e");
    // A fence ends only with as many ticks as began it.
    String outside = markdown.replaceAll("(?ms)^(`{3,})$.*?^\\1$|(`+)[^`].*?[^`]\\2(?!`)", "");
    assertThat(outside)
        .doesNotContain("\n# no heading", "```")
        .doesNotContainPattern("(?<!\\\\)<(script|img|svg)");
  }

  @Test
  void everyTextOfARunIsThere() {
    RunHistory history = Histories.everythingCalled("unmistakable");
    JsonObject json = JsonParser.parseString(JsonReport.of(history)).getAsJsonObject();

    assertThat(json.get("report").getAsInt()).isEqualTo(JsonReport.FORMAT);
    assertThat(json.getAsJsonArray("sittings")).hasSize(2);
    assertThat(json.getAsJsonArray("decisions")).hasSize(2);
    assertThat(json.getAsJsonObject("targets").getAsJsonObject("unmistakable").get("server"))
        .hasToString("\"unmistakable\"");
    String page = HtmlReport.of(history, UTC);
    assertThat(page)
        .contains("What failed", "Timeline", "Probes", "What people did", "How it went")
        .contains("PostgreSQL unmistakable", "42703", "0".repeat(64), "restart");
  }

  @Test
  void aHundredThousandStatementsStayASmallPage() {
    RunHistory history = Histories.large(100_000);
    String page = HtmlReport.of(history, UTC);

    assertThat(history.work().statements()).isEqualTo(100_000);
    assertThat(page.length()).isLessThan(400_000);
    assertThat(page)
        .contains("All 50,000 statements; the first 60 are shown: 50,000 × UPDATE, 150,000 rows")
        .contains("All 50,000 items; 60 are shown: 50,000 done");
    assertThat(MarkdownReport.of(history, UTC).length()).isLessThan(60_000);
  }

  @Test
  void aRunThatStillRunsOrDiedIsToldAsFarAsItWent() {
    Histories cut = new Histories("cut");
    String page =
        HtmlReport.of(cut.build(dev.pgrunbook.journal.RunSummary.Status.INTERRUPTED), UTC);

    assertThat(page).contains("interrupted", "its process died");
  }
}
