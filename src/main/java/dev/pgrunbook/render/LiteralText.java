package dev.pgrunbook.render;

import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.value.NumberText;

/** Scalars that mean a value other than their text where any value may stand. */
final class LiteralText {

  private LiteralText() {}

  /** Returns whether an unquoted scalar is true, false or a number, in either spelling. */
  static boolean isLiteral(ScalarNode scalar) {
    String text = scalar.text();
    return scalar.style() == ScalarNode.Style.PLAIN
        && (text.equals("true") || text.equals("false") || NumberText.isNumber(text));
  }
}
