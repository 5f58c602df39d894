package dev.pgrunbook.render;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a runbook's tree in Groovy, as a person would.
 *
 * <p>Reading what is written gives an equal runbook. Comments that stand on lines of their own
 * before a key are kept.
 */
public final class GroovyWriter {

  private static final Set<String> STATEMENT_KINDS = Set.of("query", "sql", "generate", "check");
  private static final Set<String> TEXT_KINDS = Set.of("gate", "manual");
  private static final Set<String> KINDS =
      Set.of(
          "query",
          "sql",
          "generate",
          "check",
          "gate",
          "probe",
          "manual",
          "wait",
          "batch",
          "shell",
          "call",
          "steps");
  private static final Set<String> STEP_LISTS = Set.of("onFailure", "finally", "onTimeout");

  /** Keys whose values are names, which need no quotes. */
  private static final Set<String> NAMES = Set.of("forEach", "save");

  private static final Set<String> RESERVED =
      Set.of(
          "default", "finally", "in", "as", "def", "new", "this", "super", "null", "true", "false");

  /** Columns that a map on one line may take. */
  private static final int LINE = 110;

  private final SourceFile source;
  private final StringBuilder out = new StringBuilder();
  private int indent;
  private int commentsFrom;

  private GroovyWriter(SourceFile source) {
    this.source = source;
  }

  /**
   * Returns a runbook's tree in Groovy.
   *
   * @param source what the tree was read from, for its comments
   */
  public static String write(MappingNode runbook, SourceFile source) {
    GroovyWriter writer = new GroovyWriter(source);
    writer.runbook(runbook);
    return writer.out.toString();
  }

  private void runbook(MappingNode runbook) {
    MappingNode.Entry name = runbook.entry("runbook");
    if (name != null) {
      comments(name.key());
    }
    line("runbook(" + (name == null ? "''" : inline(name.value(), "runbook")) + ") {");
    indent++;
    for (MappingNode.Entry entry : runbook.entries()) {
      switch (entry.key().text()) {
        case "runbook" -> {}
        case "params" -> declarations(entry, "param");
        case "targets" -> declarations(entry, "target");
        case "steps" -> {
          comments(entry.key());
          steps(entry.value(), true);
        }
        default -> entry(entry, "");
      }
    }
    indent--;
    line("}");
  }

  private void declarations(MappingNode.Entry group, String word) {
    blank();
    comments(group.key());
    for (MappingNode.Entry entry : ((MappingNode) group.value()).entries()) {
      comments(entry.key());
      String call = word + "(" + quoted(entry.key().text());
      String oneLine = fields(entry.value());
      if (entry.value() instanceof MappingNode map && !map.entries().isEmpty() && oneLine == null) {
        line(call + ") {");
        indent++;
        map.entries().forEach(field -> entry(field, ""));
        indent--;
        line("}");
      } else {
        line(call + (oneLine == null || oneLine.isEmpty() ? "" : ", " + oneLine) + ")");
      }
    }
  }

  private void steps(SyntaxNode list, boolean spaced) {
    boolean first = !spaced;
    for (SyntaxNode step : ((SequenceNode) list).items()) {
      if (!first) {
        blank();
      }
      first = false;
      step((MappingNode) step);
    }
  }

  private void step(MappingNode step) {
    String kind = kind(step);
    SyntaxNode id = step.get("id");
    comments(step.entries().get(0).key());
    line(kind + "(" + (id == null ? "" : inline(id, "id")) + ") {");
    indent++;
    for (MappingNode.Entry entry : step.entries()) {
      if (!entry.key().text().equals("id")) {
        stepEntry(entry, kind);
      }
    }
    indent--;
    line("}");
  }

  private static String kind(MappingNode step) {
    for (MappingNode.Entry entry : step.entries()) {
      if (KINDS.contains(entry.key().text())) {
        return entry.key().text();
      }
    }
    return "query";
  }

  private void stepEntry(MappingNode.Entry entry, String kind) {
    String key = entry.key().text();
    if (!key.equals(kind)) {
      entry(entry, kind);
    } else if (kind.equals("steps")) {
      comments(entry.key());
      steps(entry.value(), false);
    } else if (entry.value() instanceof MappingNode map
        && !map.entries().isEmpty()
        && (kind.equals("probe") || kind.equals("batch") || kind.equals("wait"))) {
      comments(entry.key());
      map.entries().forEach(inner -> entry(inner, kind));
    } else {
      comments(entry.key());
      String word =
          STATEMENT_KINDS.contains(kind) ? "sql" : TEXT_KINDS.contains(kind) ? "text" : key;
      value(word, entry.value(), key);
    }
  }

  private void entry(MappingNode.Entry entry, String kind) {
    String key = entry.key().text();
    comments(entry.key());
    if (STEP_LISTS.contains(key) || key.equals("steps") && kind.equals("stall")) {
      if (STEP_LISTS.contains(key) && kind.isEmpty()) {
        blank();
      }
      line((key.equals("finally") ? "always" : key) + " {");
      indent++;
      steps(entry.value(), false);
      indent--;
      line("}");
    } else if (key.equals("stall") && entry.value() instanceof MappingNode stall) {
      line("stall {");
      indent++;
      stall.entries().forEach(inner -> entry(inner, "stall"));
      indent--;
      line("}");
    } else {
      value(method(key), entry.value(), key);
    }
  }

  private static String method(String key) {
    return key.equals("default") ? "defaultValue" : isName(key) ? key : quoted(key);
  }

  private void value(String word, SyntaxNode value, String key) {
    String fields = value instanceof MappingNode ? fields(value, key) : null;
    if (fields != null) {
      line(word + "(" + fields + ")");
    } else if (value instanceof MappingNode map) {
      line(word + " {");
      indent++;
      map.entries().forEach(inner -> value(method(inner.key().text()), inner.value(), key));
      indent--;
      line("}");
    } else if (value instanceof SequenceNode list) {
      list(word, list, key);
    } else {
      line(word + " " + scalar((ScalarNode) value, key));
    }
  }

  private void list(String word, SequenceNode list, String key) {
    String inline = inline(list, key);
    if (indent * 4 + inline.length() <= LINE) {
      line(word + "(" + inline + ")");
      return;
    }
    line(word + "([");
    indent++;
    for (SyntaxNode item : list.items()) {
      line(inline(item, key) + ",");
    }
    indent--;
    line("])");
  }

  private @Nullable String fields(SyntaxNode node) {
    return fields(node, "");
  }

  /** Returns a map as named arguments, or null when it is too much for one line. */
  private @Nullable String fields(SyntaxNode node, String key) {
    if (!(node instanceof MappingNode map)) {
      return "";
    }
    StringBuilder fields = new StringBuilder();
    for (MappingNode.Entry entry : map.entries()) {
      String value = inline(entry.value(), NAMES.contains(key) ? key : entry.key().text());
      fields.append(fields.length() == 0 ? "" : ", ").append(label(entry.key().text()));
      fields.append(": ").append(value);
      if (value.contains("\\n") || hasComment(entry.key())) {
        return null;
      }
    }
    return indent * 4 + fields.length() > LINE || map.entries().isEmpty()
        ? null
        : fields.toString();
  }

  private static String label(String key) {
    return isWord(key) ? key : quoted(key);
  }

  private String inline(SyntaxNode node, String key) {
    if (node instanceof ScalarNode scalar) {
      return isBareName(scalar, key) || isLiteral(scalar) ? scalar.text() : quoted(scalar.text());
    }
    List<String> parts =
        node instanceof SequenceNode list
            ? list.items().stream().map(item -> inline(item, key)).toList()
            : ((MappingNode) node)
                .entries().stream()
                    .map(e -> label(e.key().text()) + ": " + inline(e.value(), e.key().text()))
                    .toList();
    boolean emptyMap = parts.isEmpty() && node instanceof MappingNode;
    return emptyMap ? "[:]" : "[" + String.join(", ", parts) + "]";
  }

  private static boolean isBareName(ScalarNode scalar, String key) {
    return NAMES.contains(key) && isName(scalar.text());
  }

  /** Returns whether an unquoted scalar means in Groovy what it means here. */
  private static boolean isLiteral(ScalarNode scalar) {
    String text = scalar.text();
    if (scalar.style() != ScalarNode.Style.PLAIN) {
      return false;
    }
    return Set.of("true", "false", "null").contains(text) || isNumber(text);
  }

  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    boolean zero = text.startsWith("0", at) && text.length() > at + 1 && text.charAt(at + 1) != '.';
    int digits = 0;
    int points = 0;
    for (int i = at; i < text.length(); i++) {
      boolean point = text.charAt(i) == '.' && i > at && i < text.length() - 1;
      points += point ? 1 : 0;
      digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
    }
    return digits > 0
        && points <= 1
        && digits < 100
        && digits + points + at == text.length()
        && !zero;
  }

  private static boolean isName(String text) {
    return isWord(text) && !RESERVED.contains(text);
  }

  private static boolean isWord(String text) {
    if (text.isEmpty() || !isLetter(text.charAt(0))) {
      return false;
    }
    return text.chars().allMatch(c -> isLetter((char) c) || c >= '0' && c <= '9');
  }

  private static boolean isLetter(char unit) {
    return unit >= 'a' && unit <= 'z' || unit >= 'A' && unit <= 'Z' || unit == '_';
  }

  private String scalar(ScalarNode scalar, String key) {
    String text = scalar.text();
    boolean block =
        text.indexOf('\n') >= 0 && text.indexOf('\n') < text.length() - 1 || text.endsWith(";\n");
    if (block && isBlock(text)) {
      return block(text);
    }
    String inline = inline(scalar, key);
    boolean tooLong = indent * 4 + inline.length() > LINE && !isLiteral(scalar);
    return tooLong ? wrapped(text) : inline;
  }

  /** Returns a long text as a sum of lines. */
  private String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int start = 0;
    while (text.length() - start > LINE - indent * 4) {
      int space = text.lastIndexOf(' ', start + LINE - indent * 4 - 8);
      if (space <= start) {
        break;
      }
      lines.append(quoted(text.substring(start, space + 1))).append(" +\n");
      lines.append("    ".repeat(indent + 1));
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

  private String block(String text) {
    String margin = "    ".repeat(indent + 1);
    String escaped = text.replace("\\", "\\\\").replace("'''", "''\\'");
    StringBuilder block = new StringBuilder("'''\n");
    String[] lines = escaped.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean last = i == lines.length - 1;
      block.append(lines[i].isEmpty() && !last ? "" : margin).append(lines[i]);
      block.append(last ? "" : "\n");
    }
    boolean quote = escaped.endsWith("'");
    return block.substring(0, block.length() - (quote ? 1 : 0)) + (quote ? "\\'" : "") + "'''";
  }

  /** Returns a text in quotes on one line. */
  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    boolean doubled = text.contains("'") && !text.contains("\"") && !text.contains("$");
    return doubled ? "\"" + escaped + "\"" : "'" + escaped.replace("'", "\\'") + "'";
  }

  private void line(String text) {
    out.append("    ".repeat(indent)).append(text).append('\n');
  }

  private void blank() {
    out.append('\n');
  }

  private boolean hasComment(ScalarNode key) {
    return !commentLines(key).isEmpty();
  }

  private void comments(ScalarNode key) {
    for (Map.Entry<Integer, String> comment : commentLines(key)) {
      line("//" + comment.getValue());
    }
    commentsFrom = Math.max(commentsFrom, key.span().start());
  }

  /** Returns the comments on lines of their own before a key, after what was written last. */
  private List<Map.Entry<Integer, String>> commentLines(ScalarNode key) {
    java.util.ArrayDeque<Map.Entry<Integer, String>> lines = new java.util.ArrayDeque<>();
    int number = key.span().position().line();
    while (number > 1) {
      String line = source.line(--number).strip();
      int start = offset(number);
      if (start < commentsFrom || !line.isEmpty() && !line.startsWith("#")) {
        break;
      }
      if (!line.isEmpty()) {
        lines.addFirst(Map.entry(start, line.substring(1)));
      }
    }
    return List.copyOf(lines);
  }

  private int offset(int lineNumber) {
    int at = 0;
    for (int i = 1; i < lineNumber; i++) {
      at = source.text().indexOf('\n', at) + 1;
    }
    return at;
  }
}
