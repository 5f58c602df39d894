package dev.pgrunbook.sql;

import dev.pgrunbook.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** A statement's tokens without its comments, with the questions that reading them asks. */
final class StatementTokens {

  private final String text;
  private final List<Token> tokens;
  private final int[] depths;

  StatementTokens(String text, List<Token> all) {
    this.text = text;
    List<Token> meaningful = new ArrayList<>(all.size());
    for (Token token : all) {
      if (token.kind() != Kind.COMMENT) {
        meaningful.add(token);
      }
    }
    this.tokens = meaningful;
    this.depths = depths();
  }

  private int[] depths() {
    int[] found = new int[tokens.size()];
    int depth = 0;
    for (int i = 0; i < found.length; i++) {
      if (is(i, ')')) {
        depth = Math.max(0, depth - 1);
      }
      found[i] = depth;
      if (is(i, '(')) {
        depth++;
      }
    }
    return found;
  }

  int size() {
    return tokens.size();
  }

  /** Returns the statement from one of its tokens on. */
  StatementTokens from(int index) {
    return new StatementTokens(text, tokens.subList(Math.min(index, size()), size()));
  }

  /** Returns how many parentheses enclose a token; a parenthesis is outside of itself. */
  int depth(int i) {
    return depths[i];
  }

  boolean is(int i, char punctuation) {
    return i >= 0 && i < size() && tokens.get(i).is(text, punctuation);
  }

  boolean isWord(int i, String word) {
    return i >= 0 && i < size() && tokens.get(i).isWord(text, word);
  }

  /** Returns whether the given words follow each other from an index on. */
  boolean areWords(int i, String... words) {
    for (int k = 0; k < words.length; k++) {
      if (!isWord(i + k, words[k])) {
        return false;
      }
    }
    return true;
  }

  /** Returns the index after the given words where they follow, otherwise the index itself. */
  int after(int i, String... words) {
    return areWords(i, words) ? i + words.length : i;
  }

  boolean isKind(int i, Kind kind) {
    return i >= 0 && i < size() && tokens.get(i).kind() == kind;
  }

  boolean endsExpression(int i) {
    return i >= 0 && i < size() && KeyWords.endsExpression(text, tokens.get(i));
  }

  /** Returns the word at an index in lower case, or an empty text when there is no word. */
  String word(int i) {
    return isKind(i, Kind.WORD) ? KeyWords.lower(text, tokens.get(i)) : "";
  }

  /** Returns the index of a word at the outermost level, from an index on, or -1. */
  int find(int from, String word) {
    return find(from, size(), 0, word);
  }

  /** Returns the index of a word inside a given number of parentheses, or -1. */
  int find(int from, int to, int depth, String word) {
    for (int i = Math.max(0, from); i < to; i++) {
      if (depths[i] == depth && isWord(i, word)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the index of the parenthesis that closes the one at an index, or the size. */
  int closing(int open) {
    int i = open + 1;
    while (i < size() && depths[i] > depths[open]) {
      i++;
    }
    return i;
  }

  /** Returns the index after the name, perhaps with dots, that begins at an index. */
  int nameEnd(int start) {
    int i = start;
    while (isNamePart(i)) {
      if (!is(i + 1, '.')) {
        return i + 1;
      }
      i += 2;
    }
    return i;
  }

  private boolean isNamePart(int i) {
    return isKind(i, Kind.WORD) || isKind(i, Kind.QUOTED_NAME) || isKind(i, Kind.PLACEHOLDER);
  }

  /** Returns the tokens between two indexes as they are written, what stands between included. */
  String written(int from, int to) {
    return from >= to ? "" : text.substring(tokens.get(from).start(), tokens.get(to - 1).end());
  }

  /** Returns the index of the next comma at the depth of an index, or the limit. */
  int partEnd(int start, int limit) {
    int i = start;
    while (i < limit && !(is(i, ',') && depths[i] == depths[start])) {
      i++;
    }
    return i;
  }

  /** Returns tokens in lower case, one space between words and none elsewhere. */
  String normal(int from, int to) {
    StringBuilder normal = new StringBuilder();
    for (int i = from; i < to; i++) {
      boolean words = i > from && isKind(i, Kind.WORD) && isKind(i - 1, Kind.WORD);
      normal.append(words || i > from && is(i - 1, ')') && isKind(i, Kind.WORD) ? " " : "");
      normal.append(isKind(i, Kind.WORD) ? word(i) : written(i, i + 1));
    }
    return normal.toString();
  }

  /** Returns a name as it compares with others: without quotes, unquoted parts folded. */
  String folded(int from, int to) {
    StringBuilder name = new StringBuilder();
    for (int i = from; i < to; i++) {
      name.append(QualifiedName.unquoted(text, tokens.get(i)));
    }
    return name.toString();
  }
}
