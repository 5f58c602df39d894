package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans as a browser shows them. */
class PlanInBrowserTest {

  private static final String[] PLAN = {
    "plan",
    "pglogical/resync-tables",
    "--offline",
    "-p",
    "tables=public.\"Person\"",
    "--format",
    "html",
    "--out",
    "plan.html"
  };

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    assertThat(new Caller(folder).call(PLAN)).isEqualTo(ExitCode.DONE);
    browser = Browser.start();
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void unfold() {
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axeFindsNoViolation(String scheme) {
    browser.prefer(scheme, "screen").open(folder.resolve("plan.html"), 1200, 900);
    unfold();
    assertThat(browser.violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 800, 1400})
  void nothingHangsOverAndTheConsoleIsEmpty(int width) {
    browser.prefer("light", "screen").open(folder.resolve("plan.html"), width, 800);
    unfold();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").getAsInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void itAsksNothingOfTheNetworkAndRunsNothing() {
    browser.open(folder.resolve("plan.html"), 1200, 900);
    assertThat(browser.evaluate("document.scripts.length").getAsInt()).isZero();
    assertThat(
            browser
                .evaluate("performance.getEntriesByType('resource').map(r => r.name).join(' ')")
                .getAsString())
        .isEmpty();
  }
}
