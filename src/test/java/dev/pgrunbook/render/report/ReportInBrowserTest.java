package dev.pgrunbook.render.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
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
    String axe = Browser.axe();
    browser.prefer(scheme, "screen").open(page(Histories.everythingCalled("a name")), 1200, 900);
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
    browser.evaluate(axe);

    String found =
        browser
            .evaluate(
                "axe.run().then(r => r.violations.map(v => v.id + ': '"
                    + " + v.nodes.map(n => n.html).join(' ')).join('\\n'))")
            .getAsString();
    assertThat(found).isEmpty();
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
