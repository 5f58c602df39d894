package dev.pgrunbook.cli;

import dev.pgrunbook.cli.terminal.Screen;
import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.PlanHtml;
import dev.pgrunbook.render.PlanJson;
import dev.pgrunbook.render.PlanMarkdown;
import dev.pgrunbook.render.PlanRenderer;
import dev.pgrunbook.render.PlanText;
import dev.pgrunbook.render.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms in which plans are written. */
enum PlanFormat {
  TEXT(".txt"),
  MARKDOWN(".md"),
  JSON(".json"),
  HTML(".html");

  private static final int COLUMNS_OF_A_FILE = 100;

  private final String ending;

  PlanFormat(String ending) {
    this.ending = ending;
  }

  /** Returns what is typed. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    List<String> words = new ArrayList<>();
    for (PlanFormat format : values()) {
      words.add(format.word());
    }
    return words;
  }

  /** Returns the form of a word, or of a file by its ending where none is said; else null. */
  static @Nullable PlanFormat of(@Nullable String word, @Nullable String file) {
    for (PlanFormat format : values()) {
      boolean meant =
          word == null ? file != null && file.endsWith(format.ending) : word.equals(format.word());
      if (meant) {
        return format;
      }
    }
    return word == null && file == null ? TEXT : null;
  }

  /**
   * Returns what writes it.
   *
   * @param file whether it goes to a file, which has no colours and no width of its own
   */
  PlanRenderer renderer(boolean verbose, boolean file, Surroundings surroundings) {
    return switch (this) {
      case MARKDOWN -> new PlanMarkdown();
      case JSON -> new PlanJson();
      case HTML -> new PlanHtml();
      case TEXT -> text(verbose, file, surroundings);
    };
  }

  private static PlanRenderer text(boolean verbose, boolean file, Surroundings surroundings) {
    if (file) {
      return new PlanText(Theme.PLAIN, Glyphs.UNICODE, COLUMNS_OF_A_FILE, verbose);
    }
    Screen screen = Terminals.screen(surroundings);
    Theme theme = Terminals.theme(surroundings);
    return new PlanText(theme, screen.glyphs(), screen.columns(), verbose);
  }
}
