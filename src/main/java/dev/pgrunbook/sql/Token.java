package dev.pgrunbook.sql;

/**
 * A lexical unit of a script; white space is not one.
 *
 * @param kind what it is
 * @param start offset of its first character in the script
 * @param end offset after its last character
 */
record Token(Kind kind, int start, int end) {

  /** What PostgreSQL's lexer, or psql's, takes a stretch of a script for. */
  enum Kind {
    /** An unquoted identifier or key word. */
    WORD,
    /** {@code "…"} or {@code U&"…"}. */
    QUOTED_NAME,
    /** A string constant of any spelling, with its continuations on further lines. */
    STRING,
    NUMBER,
    /** {@code $1}. */
    PARAMETER,
    /** {@code :name}, {@code :'name'} or {@code :"name"}. */
    PLACEHOLDER,
    OPERATOR,
    /**
     * One of {@code ( ) [ ] , ; . :}, or {@code ::}, {@code :=}, or a character without meaning.
     */
    PUNCTUATION,
    COMMENT
  }

  /** Returns whether this is the given single character of punctuation. */
  boolean is(String script, char character) {
    return kind == Kind.PUNCTUATION && end == start + 1 && script.charAt(start) == character;
  }

  /** Returns whether this is the given key word, in any letter case. */
  boolean isWord(String script, String word) {
    return kind == Kind.WORD
        && end - start == word.length()
        && script.regionMatches(true, start, word, 0, word.length());
  }
}
