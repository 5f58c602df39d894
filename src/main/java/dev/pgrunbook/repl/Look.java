package dev.pgrunbook.repl;

import dev.pgrunbook.render.Glyphs;
import dev.pgrunbook.render.Theme;
import java.util.function.IntSupplier;

/**
 * How responses are written.
 *
 * @param theme whether words are coloured
 * @param glyphs the signs that may be used
 * @param columns how many columns a line has, at the moment
 */
public record Look(Theme theme, Glyphs glyphs, IntSupplier columns) {

  /** Returns how many columns a line has. */
  int width() {
    return columns.getAsInt();
  }
}
