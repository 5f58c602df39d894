package dev.pgrunbook.frontend;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import org.jspecify.annotations.Nullable;

/** What stands before a file's content, and after it. */
final class Prelude {

  private Prelude() {}

  /**
   * Returns the error about a directive before the next content, or null.
   *
   * <p>Looked for apart from parsing, because SnakeYAML passes unknown directives over in silence.
   *
   * @param start offset of the line to begin at
   */
  static @Nullable Diagnostic directive(SourceFile file, int start) {
    String text = file.text();
    int line = start;
    while (line < text.length()) {
      int feed = text.indexOf('\n', line);
      int end = feed < 0 ? text.length() : feed;
      if (text.charAt(line) == '%') {
        return Diagnostic.error(
                "yaml-directive",
                file.span(line, text.substring(line, end).stripTrailing().length() + line),
                "YAML directives are not allowed")
            .withHint("remove the line; a text that starts with % must be quoted");
      }
      String content = text.substring(line, end).strip();
      if (!content.isEmpty() && !content.startsWith("#") && !content.equals("...")) {
        return null;
      }
      line = end + 1;
    }
    return null;
  }
}
