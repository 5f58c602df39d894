package dev.pgrunbook.loader;

import dev.pgrunbook.source.Spelling;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names that columns of some queries may have, as far as their texts tell.
 *
 * <p>Offline nobody knows a query's columns. But a name that occurs nowhere in a query without
 * {@code *}, and is nearly one of its aliases, is a mistake rather than a column.
 */
final class ResultColumns {

  private final Set<String> words = new LinkedHashSet<>();
  private final Set<String> aliases = new LinkedHashSet<>();
  private boolean open;

  /** Adds a query's columns. */
  void add(String sql) {
    String before = "";
    for (int at = 0; at < sql.length(); ) {
      char c = sql.charAt(at);
      if (Character.isJavaIdentifierStart(c)) {
        int end = at;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
          end++;
        }
        String word = sql.substring(at, end);
        words.add(word.toLowerCase(Locale.ROOT));
        if (before.equals("as")) {
          aliases.add(word);
        }
        before = word.toLowerCase(Locale.ROOT);
        at = end;
      } else {
        open |= c == '*' && !isCounted(sql, at);
        before = c == '"' || Character.isWhitespace(c) ? before : "";
        at++;
      }
    }
  }

  /** Tells the asterisk of {@code count(*)}. */
  private static boolean isCounted(String sql, int asterisk) {
    return sql.startsWith("(*)", asterisk - 1);
  }

  /** Adds queries whose text is not known, because they are wrong. */
  void addUnknown() {
    open = true;
  }

  /** Returns whether a name occurs in the queries, so that it may well be a column. */
  boolean mention(String name) {
    return words.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a name can be a column, given the other names that may have been meant. */
  boolean mayHave(String name, Collection<String> others) {
    return open
        || mention(name)
        || (Spelling.closest(name, aliases) == null && Spelling.closest(name, others) == null);
  }

  Set<String> aliases() {
    return aliases;
  }
}
