package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Expression;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.syntax.ScalarNode;

/** How names may be spelled. */
enum NameForm {
  /** {@code folder/lower-case-words}. */
  RUNBOOK("lower-case words and hyphens, / for folders: pglogical/resync-tables"),
  /** {@code lower-case-words-2}. */
  STEP("lower-case words, digits and hyphens: drop-indexes"),
  /** As steps, but underscores too. */
  TARGET("lower-case words, digits, hyphens and underscores: subscriber"),
  /** What SQL and expressions can name. */
  VARIABLE(
      "a lower-case letter or _, then letters, digits and _, and no word of expressions such as in"),
  /** A column as an expression or a server names it. */
  COLUMN("a column's name as the server gives it");

  private static final int LONGEST = 100;

  private final String rule;

  NameForm(String rule) {
    this.rule = rule;
  }

  /** Reports a name that is spelled otherwise, and returns whether it is. */
  boolean refuses(ScalarNode name, String what, Findings findings) {
    String text = name.text();
    if (text.length() <= LONGEST && fits(text)) {
      return false;
    }
    String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    String message = "\"" + shown + "\" cannot be the name of " + what;
    findings.add(RunbookRule.BAD_NAME.at(name.span(), message).withHint("names are " + rule));
    return true;
  }

  private boolean fits(String text) {
    return switch (this) {
      case RUNBOOK -> isPath(text);
      case STEP -> isWords(text, "-");
      case TARGET -> isWords(text, "-_");
      case VARIABLE -> isVariable(text);
      case COLUMN -> !text.isBlank();
    };
  }

  private static boolean isPath(String text) {
    for (String part : text.split("/", -1)) {
      if (!isWords(part, "-")) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWords(String text, String joints) {
    if (text.isEmpty() || !isLower(text.charAt(0)) && !isDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean joint = joints.indexOf(c) >= 0 && i + 1 < text.length();
      if (!isLower(c) && !isDigit(c) && !joint) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVariable(String text) {
    if (text.isEmpty() || !isLower(text.charAt(0)) && text.charAt(0) != '_') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean upper = c >= 'A' && c <= 'Z';
      if (!isLower(c) && !upper && !isDigit(c) && c != '_') {
        return false;
      }
    }
    // Words of the expression language, such as "in", name nothing.
    return Expression.parse(SourceText.of("<name>", text)).isValid()
        && !text.equals("true")
        && !text.equals("false")
        && !text.equals("null");
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
