package dev.pgrunbook.render;

import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.List;
import java.util.Set;

/** Values as Groovy writes them. */
final class GroovyText {

  /** Columns that a line may take. */
  static final int LINE = 110;

  /** Groovy's own words, which name no variable and no method. */
  private static final Set<String> RESERVED =
      Set.of(
          "abstract",
          "as",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "def",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "false",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "in",
          "instanceof",
          "int",
          "interface",
          "it",
          "long",
          "native",
          "new",
          "null",
          "package",
          "permits",
          "private",
          "protected",
          "public",
          "record",
          "return",
          "sealed",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "threadsafe",
          "throw",
          "throws",
          "trait",
          "transient",
          "true",
          "try",
          "var",
          "void",
          "volatile",
          "while",
          "yield");

  private GroovyText() {}

  /** Returns a value on one line. */
  static String inline(SyntaxNode node) {
    if (node instanceof ScalarNode scalar) {
      return inline(scalar);
    } else if (node instanceof SequenceNode list) {
      return "[" + String.join(", ", list.items().stream().map(GroovyText::inline).toList()) + "]";
    }
    MappingNode map = (MappingNode) node;
    return map.entries().isEmpty() ? "[:]" : "[" + fields(map) + "]";
  }

  /** Returns a mapping as named arguments on one line. */
  static String fields(MappingNode map) {
    List<String> fields =
        map.entries().stream().map(e -> label(e.key().text()) + ": " + inline(e.value())).toList();
    return String.join(", ", fields);
  }

  private static String inline(ScalarNode scalar) {
    if (scalar.isNull()) {
      return "null";
    }
    return LiteralText.isLiteral(scalar) ? scalar.text() : quoted(scalar.text());
  }

  /** Returns a key of a map. */
  static String label(String key) {
    return isWord(key) ? key : quoted(key);
  }

  /** Returns whether a text can stand for itself as a variable or a method. */
  static boolean isName(String text) {
    return isWord(text) && !RESERVED.contains(text);
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && isLetter(text.charAt(0))
        && text.chars().allMatch(c -> isLetter((char) c) || c >= '0' && c <= '9');
  }

  private static boolean isLetter(char unit) {
    return unit >= 'a' && unit <= 'z' || unit >= 'A' && unit <= 'Z' || unit == '_';
  }

  /**
   * Returns a scalar on as many lines as it takes.
   *
   * @param margin what the statement's own lines begin with
   */
  static String of(ScalarNode scalar, String margin) {
    String text = scalar.text();
    if (LiteralText.isLiteral(scalar) || scalar.isNull()) {
      return inline(scalar);
    } else if (text.indexOf('\n') >= 0 && isBlock(text)) {
      return block(text, margin + "    ");
    }
    String quoted = quoted(text);
    boolean tooLong = margin.length() + quoted.length() > LINE;
    return tooLong ? sum(text, margin + "    ") : quoted;
  }

  /** Returns a long text as a sum of lines. */
  private static String sum(String text, String margin) {
    int width = LINE - margin.length();
    StringBuilder lines = new StringBuilder();
    int start = 0;
    while (text.length() - start > width) {
      int space = text.lastIndexOf(' ', start + width - 4);
      if (space <= start) {
        break;
      }
      lines.append(quoted(text.substring(start, space + 1))).append(" +\n").append(margin);
      start = space + 1;
    }
    return lines + quoted(text.substring(start));
  }

  /** Returns whether a text comes back unchanged when its lines are indented. */
  private static boolean isBlock(String text) {
    boolean flush = false;
    for (String line : text.split("\n", -1)) {
      flush |= !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
    }
    String last = text.substring(text.lastIndexOf('\n') + 1);
    return flush && (last.isEmpty() || !last.isBlank()) && text.indexOf('\r') < 0;
  }

  private static String block(String text, String margin) {
    String escaped = text.replace("\\", "\\\\").replace("'''", "''\\'");
    if (escaped.endsWith("'")) {
      escaped = escaped.substring(0, escaped.length() - 1) + "\\'";
    }
    StringBuilder block = new StringBuilder("'''");
    String[] lines = escaped.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean indented = !lines[i].isEmpty() || i == lines.length - 1;
      block.append('\n').append(indented ? margin : "").append(lines[i]);
    }
    return block + "'''";
  }

  /** Returns a text in quotes on one line. */
  static String quoted(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    boolean doubled = text.contains("'") && !text.contains("\"") && !text.contains("$");
    return doubled ? "\"" + escaped + "\"" : "'" + escaped.replace("'", "\\'") + "'";
  }
}
