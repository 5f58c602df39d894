package dev.pgrunbook.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.render.DisplayText;
import dev.pgrunbook.render.Theme;
import dev.pgrunbook.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewScreenTest {

  private final Scene scene = new Scene();

  private List<String> lines(int columns, Theme theme) {
    Screen screen = new VirtualTerminal(columns).screen(theme);
    return new ReviewScreen(screen, scene.review(), true).lines(Scene.statements());
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 120, 200})
  void fitsTheWindow(int columns) {
    List<String> lines = lines(columns, Theme.PLAIN);

    assertThat(lines).allMatch(line -> DisplayText.width(line) <= columns);
    Golden.check("terminal/review-" + columns + ".txt", lines);
  }

  @Test
  void showsTheStagesAndWhatCannotRunInATransaction() {
    Screen screen = new VirtualTerminal(80).screen(Theme.PLAIN);

    Golden.check(
        "terminal/review-stages.txt",
        new ReviewScreen(screen, scene.review(), false).lines(Scene.staged()));
  }

  @Test
  void nothingOfADatabaseSteersTheTerminal() {
    for (Theme theme : Theme.values()) {
      String all = String.join("\n", lines(200, theme));

      assertThat(all).doesNotContain("\u001b[31mred").contains("\\x1b[31mred\\x1b[0m");
    }
    assertThat(String.join("\n", lines(200, Theme.PLAIN))).doesNotContain("\u001b");
  }

  @Test
  void whatDestroysIsRed() {
    assertThat(String.join("\n", lines(80, Theme.ANSI)))
        .contains("\u001b[31mdrops index public.\"Person_age_idx\"\u001b[0m");
  }
}
