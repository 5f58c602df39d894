package dev.pgrunbook.expression;

import java.util.List;

/**
 * A generated expression.
 *
 * @param text as we write it
 * @param loose the same for CEL, every part of it wrapped in {@code dyn()}, so that nothing is
 *     refused before it is evaluated
 * @param parts what it is made of
 * @param ordering whether it is one of {@code < <= > >=}
 */
record Sample(String text, String loose, List<Sample> parts, boolean ordering) {

  static Sample leaf(String text) {
    return new Sample(text, "dyn(" + text + ")", List.of(), false);
  }

  /** Fills a pattern's {@code %s} with the parts. */
  static Sample of(String pattern, Sample... parts) {
    Object[] texts = new Object[parts.length];
    Object[] looseTexts = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      texts[i] = "(" + parts[i].text + ")";
      looseTexts[i] = parts[i].loose;
    }
    String bare = pattern.replace("%s", "").strip();
    boolean ordering = List.of("<", "<=", ">", ">=").contains(bare);
    return new Sample(
        pattern.formatted(texts),
        "dyn(" + pattern.formatted(looseTexts) + ")",
        List.of(parts),
        ordering);
  }

  @Override
  public String toString() {
    return text;
  }
}
