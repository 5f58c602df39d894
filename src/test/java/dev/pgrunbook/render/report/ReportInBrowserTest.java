package dev.pgrunbook.render.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as a browser shows them: it complains of nothing, and nothing hangs over. */
class ReportInBrowserTest {

  private static final String HOSTILE =
      "<b onclick=alert(1)>"
          + "unbroken_".repeat(40)
          + "</b><script>document.title = 'run'</script>";

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path page(RunHistory history) throws IOException {
    Path file = folder.resolve("report-" + System.nanoTime() + ".html");
    Files.writeString(file, HtmlReport.of(history, ZoneId.of("UTC")));
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axeFindsNoViolation(String scheme) throws IOException {
    for (RunHistory history :
        List.of(Histories.everythingCalled("a name"), Histories.sideBySide(24, 4, "a name"))) {
      browser.prefer(scheme, "screen").open(page(history), 1200, 900);
      browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
      assertThat(browser.violations()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 800, 1400})
  void nothingHangsOverAndTheConsoleIsEmpty(int width) throws IOException {
    browser.prefer("light", "screen").open(page(Histories.everythingCalled(HOSTILE)), width, 800);
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertThat(browser.evaluate("document.documentElement.scrollWidth").getAsInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("document.title").getAsString()).startsWith("failed: ");
    assertThat(browser.evaluate("document.scripts.length").getAsInt()).isZero();
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1200})
  void barsThatLieSideBySideCoverEachOtherNowhere(int width) throws IOException {
    Path file = page(Histories.sideBySide(24, 4, "a name"));
    browser.prefer("light", "screen").open(file, width, 900);
    String overlaps =
        "(() => { const all = [...document.querySelectorAll('.timeline rect.work')]"
            + ".map(r => r.getBoundingClientRect());"
            + " return all.filter((a, i) => all.some((b, j) => i != j && a.left < b.right - 0.01"
            + " && b.left < a.right - 0.01 && a.top < b.bottom - 0.01 && b.top < a.bottom - 0.01))"
            + ".length; })()";

    assertThat(
            browser.evaluate("document.querySelectorAll('.timeline rect.work').length").getAsInt())
        .isEqualTo(24);
    assertThat(browser.evaluate(overlaps).getAsInt()).isZero();
    assertThat(
            browser
                .evaluate("document.querySelector('svg.lanes').getBoundingClientRect().height")
                .getAsDouble())
        .isGreaterThan(40);
    assertThat(browser.evaluate("document.documentElement.scrollWidth").getAsInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatIsFoldedIsPrintedAndAKeyUnfoldsIt() throws IOException {
    browser.prefer("light", "print").open(page(Histories.large(100)), 1000, 800);
    String visible =
        "[...document.querySelectorAll('.statements')].every(t => t.checkVisibility())";
    assertThat(browser.evaluate(visible).getAsBoolean()).isTrue();
    assertThat(new String(browser.print(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .startsWith("%PDF-");

    browser.prefer("light", "screen");
    assertThat(browser.evaluate(visible).getAsBoolean()).isFalse();
    browser.evaluate("document.querySelector('summary').focus()");
    assertThat(browser.evaluate("document.activeElement.tagName").getAsString())
        .isEqualTo("SUMMARY");
  }

  @Test
  void aLargeRunOpensAtOnce() throws IOException {
    browser.prefer("light", "screen").open(page(Histories.large(100_000)), 1200, 900);

    assertThat(browser.evaluate("document.querySelectorAll('*').length").getAsInt())
        .isLessThan(8_000);
    assertThat(
            browser
                .evaluate("performance.getEntriesByType('navigation')[0].domComplete")
                .getAsDouble())
        .isLessThan(5_000);
  }
}
