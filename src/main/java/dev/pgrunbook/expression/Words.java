package dev.pgrunbook.expression;

import org.jspecify.annotations.Nullable;

/** Words and signs that are not what they seem: CEL's own, and those of neighbouring languages. */
final class Words {

  private Words() {}

  /** Returns whether a word is part of the grammar and can name nothing, not even a member. */
  static boolean isKeyword(String word) {
    return switch (word) {
      case "true", "false", "null", "in" -> true;
      default -> false;
    };
  }

  /** Returns whether CEL keeps a word for itself; it may name a member, but no variable. */
  static boolean isReserved(String word) {
    return switch (word) {
      case "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while" ->
          true;
      default -> false;
    };
  }

  /** Returns what to write instead of a character that is no sign, or null. */
  static @Nullable String signHint(String character) {
    return switch (character) {
      case "=" -> "write == to compare";
      case "&" -> "write && for \"and\"";
      case "|" -> "write || for \"or\"; texts are joined with +";
      case "{" -> "there are no maps; a list is written [1, 2]";
      case "$" -> "names are written bare in an expression: name, not ${name}";
      case "~" -> "write text.matches('pattern')";
      default -> null;
    };
  }

  /** Returns what to write instead of a word or sign that stands where none may, or null. */
  static @Nullable String misplacedHint(Token before, Token misplaced) {
    if (before.is("<") && misplaced.is(">")) {
      return "write != for \"not equal\"";
    }
    if (misplaced.is(":")) {
      return "names are written bare in an expression: name, not :name";
    }
    if (before.kind() == Token.Kind.NAME && before.text().equalsIgnoreCase("not")) {
      return "write ! for \"not\"";
    }
    if (misplaced.kind() != Token.Kind.NAME) {
      return null;
    }
    return switch (misplaced.text()) {
      case "and", "AND" -> "write && for \"and\"";
      case "or", "OR" -> "write || for \"or\"";
      case "is", "IS" -> "write == null or != null";
      case "not", "NOT" -> "write ! before what is negated: !(x in list)";
      case "like", "LIKE" -> "write text.contains('…'), startsWith, endsWith or matches";
      default -> null;
    };
  }
}
