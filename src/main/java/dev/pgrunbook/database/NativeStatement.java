package dev.pgrunbook.database;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.SqlCommand;

/**
 * A statement as the server gets it, with {@code $1} for each parameter.
 *
 * @param text the text with {@code ?}
 * @param query the text with {@code $1}
 */
record NativeStatement(String text, NativeQuery query) {

  /** Returns a statement without parameters, sent as it is. */
  static NativeStatement fixed(String sql) {
    return new NativeStatement(sql, single(sql, new int[0]));
  }

  /**
   * Returns a statement whose {@code ?} are parameters.
   *
   * <p>The text is not split at semicolons: were it two statements, the server would refuse them.
   */
  static NativeStatement of(String text) throws SQLException {
    if (text.indexOf('?') < 0) {
      // The driver's parser drops semicolons, and those of a function's body are dear.
      return fixed(text);
    }
    List<NativeQuery> queries = Parser.parseJdbcSql(text, true, true, false, false, false);
    NativeQuery query =
        queries.isEmpty()
            ? single(text, new int[0])
            : single(queries.get(0).nativeSql, queries.get(0).bindPositions);
    return new NativeStatement(text, query);
  }

  /** One statement as far as the driver is concerned: it need not look for semicolons. */
  private static NativeQuery single(String sql, int[] bindPositions) {
    return new NativeQuery(sql, bindPositions, false, SqlCommand.BLANK);
  }

  /**
   * Returns the place in the text of a place in what the server got, or null when it is outside.
   *
   * @param position in code points from one, as the server counts
   */
  @Nullable Integer textPosition(int position) {
    String sent = query.nativeSql;
    if (position < 1 || position > sent.codePointCount(0, sent.length()) + 1) {
      return null;
    }
    int target = sent.offsetByCodePoints(0, position - 1);
    int offset = 0;
    int next = 0;
    for (int at = 0; at < target && offset < text.length(); offset++) {
      if (next < query.bindPositions.length && query.bindPositions[next] == at) {
        next++;
        at += NativeQuery.bindName(next).length();
      } else {
        boolean doubled = text.startsWith("??", offset) && !sent.startsWith("??", at);
        offset += doubled ? 1 : 0;
        at++;
      }
    }
    return text.codePointCount(0, Math.min(offset, text.length())) + 1;
  }
}
