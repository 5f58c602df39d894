package dev.pgrunbook.render;

/** Text that becomes part of a Markdown document and stays text there. */
public final class MarkdownText {

  private static final String SPECIAL = "\\`*_[]{}()#+-!|~@:$";
  private static final int SHORTEST_FENCE = 3;

  private MarkdownText() {}

  /** Returns text on one line in which nothing is Markdown or HTML, nor mentions anybody. */
  public static String plain(String text) {
    String line = oneLine(text);
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        default -> escaped.append(needsEscape(line, i) ? "\\" : "").append(c);
      }
      // "@" and "#" make mentions even behind a backslash.
      escaped.append((c == '@' || c == '#') && i + 1 < line.length() ? "<!-- -->" : "");
    }
    return escaped.toString();
  }

  /** What is plain in the middle of a line, such as a hyphen between letters, is left alone. */
  private static boolean needsEscape(String line, int i) {
    char c = line.charAt(i);
    if (SPECIAL.indexOf(c) < 0) {
      return false;
    }
    return switch (c) {
      // Between letters it emphasises nothing.
      case '_' -> !isWordAt(line, i - 1) || !isWordAt(line, i + 1);
      case '-', '+', '#', '(', ')', '{', '}' -> i == 0;
      // "www." and "://" become links by themselves; a colon alone does not.
      case ':' -> line.startsWith("//", i + 1);
      default -> true;
    };
  }

  private static boolean isWordAt(String line, int i) {
    return i >= 0 && i < line.length() && Character.isLetterOrDigit(line.charAt(i));
  }

  /** Returns text as code, on one line; in a table a bar is escaped even there. */
  public static String code(String text) {
    String line = oneLine(text).replace("|", "\\|");
    String ticks = "`".repeat(longestRun(line) + 1);
    String space = ticks.length() > 1 || line.startsWith("`") || line.endsWith("`") ? " " : "";
    return line.isEmpty() ? "" : ticks + space + line + space + ticks;
  }

  /** Returns text of several lines as a block that nothing in it ends, with a line break. */
  public static String block(String language, String text) {
    String harmless = logLines(DisplayText.lines(text.strip()));
    String fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(harmless) + 1));
    return fence + language + "\n" + harmless + "\n" + fence + "\n";
  }

  /** Returns text on one line for where the document is HTML, such as a summary. */
  public static String html(String text) {
    return oneLine(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "@<!-- -->");
  }

  /**
   * Returns lines that a job's log takes as text: build servers obey lines that begin with {@code
   * ::} and what stands between {@code ##[} and a bracket.
   */
  public static String logLines(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      String tamed = line.replace("##[", "## [").replace("##vso[", "##vso [");
      if (tamed.stripLeading().startsWith("::")) {
        // A cast may stand behind what it casts: the same SQL, without a line that is a command.
        int end = lines.length();
        lines.setLength(end == 0 ? 0 : end - 1);
        lines.append(end == 0 ? "\\" : " ").append(tamed.stripLeading());
      } else {
        lines.append(tamed);
      }
      lines.append('\n');
    }
    lines.setLength(lines.length() - 1);
    return lines.toString();
  }

  private static String oneLine(String text) {
    return DisplayText.line(text.strip().replace("\n", " ")).replace("##[", "## [");
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
