package dev.pgrunbook.frontend;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * Finds where each character of a scalar stands in the file.
 *
 * <p>SnakeYAML tells a scalar's text and where it begins and ends, no more. So the file is read a
 * second time here, side by side with that text. SnakeYAML decides what the text is: should this
 * reading disagree, the text is kept and merely loses its exact places.
 */
final class ScalarText {

  private ScalarText() {}

  /**
   * Returns a scalar's text with the places of its characters.
   *
   * @param start offset of its first character, quote or block indicator
   * @param end offset after its last one
   * @param value the text as SnakeYAML read it
   */
  static SourceText of(SourceFile file, int start, int end, ScalarStyle style, String value) {
    SourceText exact = exact(file, start, end, style, value);
    return exact != null ? exact : SourceText.builder(file).append(value, start).build(start);
  }

  /** Returns the exactly mapped text, or null when this reading disagrees with SnakeYAML's. */
  static @Nullable SourceText exact(
      SourceFile file, int start, int end, ScalarStyle style, String value) {
    SourceText text =
        switch (style) {
          case PLAIN -> new FlowScalar(file, start, end).plain();
          case SINGLE_QUOTED -> new FlowScalar(file, start, end).singleQuoted();
          case DOUBLE_QUOTED -> new FlowScalar(file, start, end).doubleQuoted();
          case LITERAL, FOLDED -> new BlockScalar(file, start, value).text();
          case JSON_SCALAR_STYLE -> null;
        };
    return text != null && text.text().equals(value) ? text : null;
  }
}
