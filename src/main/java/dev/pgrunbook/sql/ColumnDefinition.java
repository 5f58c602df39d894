package dev.pgrunbook.sql;

import java.util.Set;

/**
 * A column as CREATE TABLE and ADD COLUMN define it.
 *
 * @param tokens the statement
 * @param name index of the name
 * @param typeEnd index after the type
 * @param end index after the definition
 */
record ColumnDefinition(StatementTokens tokens, int name, int typeEnd, int end) {

  /** Words that end a type and begin what else is said of the column. */
  private static final Set<String> AFTER_TYPE =
      Set.of(
          "collate",
          "constraint",
          "not",
          "null",
          "default",
          "generated",
          "unique",
          "primary",
          "references",
          "check",
          "storage",
          "compression",
          "using",
          "deferrable",
          "initially");

  static ColumnDefinition read(StatementTokens tokens, int name, int end) {
    int type = name + 1;
    while (type < end
        && !(AFTER_TYPE.contains(tokens.word(type)) && tokens.depth(type) == tokens.depth(name))) {
      type++;
    }
    return new ColumnDefinition(tokens, name, type, end);
  }

  /** Returns the column's name as written. */
  String column() {
    return tokens.written(name, name + 1);
  }

  /** Returns the type as written. */
  String type() {
    return tokens.written(name + 1, typeEnd);
  }

  /** Returns the type in lower case with single spaces. */
  String normalType() {
    return tokens.normal(name + 1, typeEnd);
  }

  /** Returns whether a type stands here at all. */
  boolean hasType() {
    return typeEnd > name + 1;
  }

  /** Returns the index of a word of the definition outside of parentheses, or -1. */
  int find(String word) {
    return tokens.find(typeEnd, end, tokens.depth(name), word);
  }

  boolean has(String word) {
    return find(word) >= 0;
  }

  boolean isPrimaryKey() {
    int primary = find("primary");
    return primary >= 0 && tokens.isWord(primary + 1, "key");
  }

  boolean isNotNull() {
    for (int i = find("not"); i >= 0; i = tokens.find(i + 1, end, tokens.depth(name), "not")) {
      if (tokens.isWord(i + 1, "null")) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether each row gets a number of its own. */
  boolean isSerial() {
    return switch (normalType()) {
      case "serial", "bigserial", "smallserial", "serial2", "serial4", "serial8" -> true;
      default -> false;
    };
  }

  boolean isIdentity() {
    int generated = find("generated");
    return generated >= 0 && find("identity") > generated;
  }

  /** Returns whether its values are computed and stored; VIRTUAL ones are not. */
  boolean isStored() {
    return find("generated") >= 0 && has("stored");
  }

  /** Returns the index after the DEFAULT's expression, or -1 when there is none. */
  int defaultEnd() {
    int at = find("default");
    if (at < 0) {
      return -1;
    }
    int i = at + 2;
    while (i < end
        && !(tokens.depth(i) == tokens.depth(name)
            && AFTER_TYPE.contains(tokens.word(i))
            && !tokens.isWord(i, "null"))) {
      i++;
    }
    return i;
  }
}
