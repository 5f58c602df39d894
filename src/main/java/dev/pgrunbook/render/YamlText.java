package dev.pgrunbook.render;

import dev.pgrunbook.model.DurationText;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Values as YAML writes them. */
final class YamlText {

  /** Columns that a line may take. */
  static final int LINE = 100;

  /** Words that YAML, or an older YAML, takes for something else than a text. */
  private static final Set<String> WORDS =
      Set.of("~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<");

  /** What YAML refuses for keys, or reads otherwise. */
  private static final Set<String> NO_KEYS = Set.of("~", "null", "true", "false", "=", "<<");

  private YamlText() {}

  /** Returns a value on one line, in braces and brackets. */
  static String flow(SyntaxNode node) {
    if (node instanceof ScalarNode scalar) {
      return flow(scalar);
    }
    List<String> parts = new ArrayList<>();
    if (node instanceof SequenceNode list) {
      list.items().forEach(item -> parts.add(flow(item)));
      return "[" + String.join(", ", parts) + "]";
    }
    for (MappingNode.Entry entry : ((MappingNode) node).entries()) {
      parts.add(key(entry.key().text()) + ": " + flow(entry.value()));
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static String flow(ScalarNode scalar) {
    if (scalar.isNull()) {
      return "null";
    }
    String text = scalar.text();
    boolean plain =
        LiteralText.isLiteral(scalar)
            || isPlain(text) && !WORDS.contains(text.toLowerCase(Locale.ROOT)) && isFlat(text);
    return plain ? text : quoted(text);
  }

  /** Returns whether a text holds nothing that means something in braces and brackets. */
  private static boolean isFlat(String text) {
    return text.chars().noneMatch(unit -> ",[]{}?:".indexOf(unit) >= 0);
  }

  /** Returns a key; words such as {@code on} are common among keys, and clear. */
  static String key(String text) {
    boolean plain = isPlain(text) && isFlat(text) && !NO_KEYS.contains(text);
    return plain ? text : quoted(text);
  }

  /**
   * Returns a scalar after its key or dash, on as many lines as it takes.
   *
   * @param column where it begins
   * @param margin what the lines of a block begin with
   */
  static String of(ScalarNode scalar, int column, String margin) {
    if (scalar.isNull()) {
      return "null";
    }
    String text = scalar.text();
    if (LiteralText.isLiteral(scalar)) {
      return text;
    } else if (text.indexOf('\n') >= 0 && isBlock(text)) {
      return literal(text, margin);
    }
    boolean plain = isPlain(text) && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    String line = plain ? text : quoted(text);
    return column + line.length() > LINE && isFoldable(text) ? folded(text, margin) : line;
  }

  /** Returns whether a text needs no quotes, outside of braces and brackets. */
  private static boolean isPlain(String text) {
    if (text.isBlank() || !text.equals(text.strip()) || isAmbiguous(text)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean mark =
          unit == ':' && (i + 1 == text.length() || text.charAt(i + 1) == ' ')
              || unit == '#' && text.charAt(i - 1) == ' ';
      if (unit < ' ' || mark) {
        return false;
      }
    }
    return !text.startsWith("...");
  }

  /** Returns whether a text looks as if it were something else, to a parser or to people. */
  private static boolean isAmbiguous(String text) {
    char first = text.charAt(0);
    if ("-?:,[]{}#&*!|>'\"%@`".indexOf(first) >= 0) {
      return true;
    }
    boolean number = first >= '0' && first <= '9' || first == '+' || first == '.';
    return number && DurationText.parse(text) == null && isNumeric(text);
  }

  /** Numbers of any base, dates, times and versions are made of these. */
  private static boolean isNumeric(String text) {
    return text.chars().allMatch(c -> "0123456789abcdefABCDEFoxOXTZ_+-.: ".indexOf(c) >= 0);
  }

  /** Returns whether a text comes back unchanged from a block. */
  private static boolean isBlock(String text) {
    for (String line : text.split("\n", -1)) {
      boolean visible = line.isEmpty() || !line.isBlank() && line.charAt(0) != '\t';
      if (!visible || line.chars().anyMatch(unit -> unit < ' ' && unit != '\t')) {
        return false;
      }
    }
    return !text.isBlank();
  }

  private static String literal(String text, String margin) {
    int first = 0;
    while (text.charAt(first) == '\n') {
      first++;
    }
    String body = text.substring(0, text.length() - (text.endsWith("\n") ? 1 : 0));
    StringBuilder block = new StringBuilder("|");
    if (text.charAt(first) == ' ') {
      // The block's first line begins with a blank of its own, so its indentation must be said.
      block.append('2');
    }
    if (!text.endsWith("\n")) {
      block.append('-');
    } else if (body.endsWith("\n")) {
      block.append('+');
    }
    for (String line : body.split("\n", -1)) {
      block.append('\n').append(line.isEmpty() ? "" : margin).append(line);
    }
    return block.toString();
  }

  /** Returns whether a long line can be broken at its blanks, and comes back as it was. */
  private static boolean isFoldable(String text) {
    return text.indexOf(' ') > 0
        && !text.contains("  ")
        && text.equals(text.strip())
        && text.chars().noneMatch(unit -> unit < ' ');
  }

  private static String folded(String text, String margin) {
    StringBuilder block = new StringBuilder(">-");
    int width = LINE - margin.length();
    int start = 0;
    while (text.length() - start > width) {
      int space = text.lastIndexOf(' ', start + width);
      if (space <= start) {
        space = text.indexOf(' ', start);
      }
      if (space < 0) {
        break;
      }
      block.append('\n').append(margin).append(text, start, space);
      start = space + 1;
    }
    return block.append('\n').append(margin).append(text.substring(start)).toString();
  }

  private static String quoted(String text) {
    boolean single =
        (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0)
            && text.chars().noneMatch(unit -> unit < ' ');
    if (single) {
      return "'" + text.replace("'", "''") + "'";
    }
    return "\""
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + "\"";
  }
}
