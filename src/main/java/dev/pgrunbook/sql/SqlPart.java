package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A stretch of SQL that looks alike on a screen.
 *
 * @param kind what it is
 * @param start offset of its first character
 * @param end offset after its last character
 */
public record SqlPart(Kind kind, int start, int end) {

  /** What a stretch is. */
  public enum Kind {
    KEY_WORD,
    NAME,
    STRING,
    NUMBER,
    /** A placeholder, or a parameter. */
    VALUE,
    COMMENT,
    SIGN
  }

  /** Words that PostgreSQL reserves, or that begin its commands and clauses. */
  public static final Set<String> KEY_WORDS =
      Set.of(
          ("all alter analyze and any array as asc attach begin between both by cascade case cast"
                  + " check checkpoint cluster column comment commit concurrently constraint copy"
                  + " create cross current_date current_timestamp current_user database default"
                  + " delete desc detach distinct do drop else end except exclude execute exists"
                  + " explain extension false fetch filter first for foreign from full function"
                  + " grant group having if ilike in index inner insert intersect into is join key"
                  + " last lateral left like limit lock materialized merge natural not null nulls"
                  + " offset on only or order outer over partition primary procedure publication"
                  + " references refresh reindex rename replace reset restrict returning revoke"
                  + " right role row rows schema select sequence set show similar some subscription"
                  + " table then to trigger true truncate type union unique update using vacuum"
                  + " valid validate values view when where window with")
              .split(" "));

  /** Returns the parts of a text, as far as it can be read; what is left out looks plain. */
  public static List<SqlPart> of(String sql) {
    List<SqlPart> parts = new ArrayList<>();
    for (Token token : SqlLexer.template(SourceText.of("<shown>", sql)).tokens()) {
      parts.add(new SqlPart(kind(sql, token), token.start(), token.end()));
    }
    return parts;
  }

  private static Kind kind(String sql, Token token) {
    return switch (token.kind()) {
      case WORD -> {
        String word = sql.substring(token.start(), token.end()).toLowerCase(Locale.ROOT);
        yield KEY_WORDS.contains(word) ? Kind.KEY_WORD : Kind.NAME;
      }
      case QUOTED_NAME -> Kind.NAME;
      case STRING -> Kind.STRING;
      case NUMBER -> Kind.NUMBER;
      case PARAMETER, PLACEHOLDER -> Kind.VALUE;
      case COMMENT -> Kind.COMMENT;
      case OPERATOR, PUNCTUATION -> Kind.SIGN;
    };
  }
}
