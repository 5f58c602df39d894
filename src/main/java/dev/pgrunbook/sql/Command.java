package dev.pgrunbook.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is, by its first words.
 *
 * @param tag PostgreSQL's command tag, {@code CONCURRENTLY} kept; the first word when unknown
 * @param known whether PostgreSQL has such a command
 * @param next index of the token after the words that make the tag up
 */
record Command(String tag, boolean known, int next) {

  private static final Set<String> QUERY_VERBS =
      Set.of("select", "insert", "update", "delete", "merge", "values", "table");

  /** Commands whose first word says everything, with their tags where those differ. */
  private static final Map<String, String> SIMPLE =
      Map.ofEntries(
          Map.entry("abort", "ROLLBACK"),
          Map.entry("analyse", "ANALYZE"),
          Map.entry("analyze", "ANALYZE"),
          Map.entry("begin", "BEGIN"),
          Map.entry("call", "CALL"),
          Map.entry("checkpoint", "CHECKPOINT"),
          Map.entry("close", "CLOSE CURSOR"),
          Map.entry("cluster", "CLUSTER"),
          Map.entry("comment", "COMMENT"),
          Map.entry("commit", "COMMIT"),
          Map.entry("copy", "COPY"),
          Map.entry("deallocate", "DEALLOCATE"),
          Map.entry("declare", "DECLARE CURSOR"),
          Map.entry("delete", "DELETE"),
          Map.entry("do", "DO"),
          Map.entry("end", "COMMIT"),
          Map.entry("execute", "EXECUTE"),
          Map.entry("explain", "EXPLAIN"),
          Map.entry("fetch", "FETCH"),
          Map.entry("grant", "GRANT"),
          Map.entry("import", "IMPORT FOREIGN SCHEMA"),
          Map.entry("insert", "INSERT"),
          Map.entry("listen", "LISTEN"),
          Map.entry("load", "LOAD"),
          Map.entry("lock", "LOCK TABLE"),
          Map.entry("merge", "MERGE"),
          Map.entry("move", "MOVE"),
          Map.entry("notify", "NOTIFY"),
          Map.entry("prepare", "PREPARE"),
          Map.entry("reassign", "REASSIGN OWNED"),
          Map.entry("refresh", "REFRESH MATERIALIZED VIEW"),
          Map.entry("reindex", "REINDEX"),
          Map.entry("release", "RELEASE"),
          Map.entry("reset", "RESET"),
          Map.entry("revoke", "REVOKE"),
          Map.entry("rollback", "ROLLBACK"),
          Map.entry("savepoint", "SAVEPOINT"),
          Map.entry("security", "SECURITY LABEL"),
          Map.entry("set", "SET"),
          Map.entry("show", "SHOW"),
          Map.entry("start", "START TRANSACTION"),
          Map.entry("table", "SELECT"),
          Map.entry("truncate", "TRUNCATE TABLE"),
          Map.entry("unlisten", "UNLISTEN"),
          Map.entry("update", "UPDATE"),
          Map.entry("vacuum", "VACUUM"),
          Map.entry("values", "SELECT"));

  /** Words between CREATE and the kind of object that say how, not what. */
  private static final Set<String> MODIFIERS =
      Set.of(
          "or",
          "replace",
          "global",
          "local",
          "temp",
          "temporary",
          "unlogged",
          "unique",
          "recursive",
          "trusted",
          "procedural",
          "constraint",
          "default");

  /** Returns what a statement is; it has at least one token. */
  static Command read(StatementTokens tokens) {
    int first = 0;
    while (tokens.is(first, '(')) {
      first++;
    }
    String word = tokens.word(first);
    return switch (word) {
      case "select" -> select(tokens, first);
      case "with" -> with(tokens, first);
      case "create", "alter", "drop" -> definition(tokens, word);
      case "discard" -> suffixed(tokens, word);
      default -> simple(tokens, first, word);
    };
  }

  private static Command simple(StatementTokens tokens, int first, String word) {
    String tag = SIMPLE.get(word);
    if (tag == null) {
      return new Command(word.toUpperCase(Locale.ROOT), false, first + 1);
    }
    boolean prepared = tokens.isWord(first + 1, "prepared");
    if (prepared && (word.equals("commit") || word.equals("rollback"))) {
      return new Command(tag + " PREPARED", true, first + 2);
    }
    if (word.equals("prepare") && tokens.isWord(first + 1, "transaction")) {
      return new Command("PREPARE TRANSACTION", true, first + 2);
    }
    return new Command(tag, true, first + 1);
  }

  private static Command suffixed(StatementTokens tokens, String word) {
    String what = tokens.word(1).toUpperCase(Locale.ROOT);
    String tag = word.toUpperCase(Locale.ROOT) + (what.isEmpty() ? "" : " " + what);
    return new Command(tag, true, 2);
  }

  private static Command select(StatementTokens tokens, int first) {
    int into = tokens.find(first, tokens.size(), tokens.depth(first), "into");
    return new Command(into < 0 ? "SELECT" : "SELECT INTO", true, first + 1);
  }

  private static Command with(StatementTokens tokens, int first) {
    for (int i = first + 1; i < tokens.size(); i++) {
      boolean outer = tokens.depth(i) == tokens.depth(first);
      if (outer && tokens.is(i - 1, ')') && QUERY_VERBS.contains(tokens.word(i))) {
        return tokens.isWord(i, "select") ? select(tokens, i) : simple(tokens, i, tokens.word(i));
      }
    }
    return new Command("SELECT", true, first + 1);
  }

  private static Command definition(StatementTokens tokens, String verb) {
    int i = 1;
    while (verb.equals("create") && MODIFIERS.contains(tokens.word(i))) {
      i++;
    }
    if (verb.equals("alter") && tokens.areWords(i, "default", "privileges")) {
      return new Command("ALTER DEFAULT PRIVILEGES", true, i + 2);
    }
    int end = kindEnd(tokens, i);
    String kind = kind(tokens, i, end);
    String tag = verb.toUpperCase(Locale.ROOT) + " " + kind;
    if (kind.equals("INDEX") && tokens.isWord(end, "concurrently")) {
      return new Command(tag + " CONCURRENTLY", true, end + 1);
    }
    if (tag.equals("CREATE TABLE") && createsFromQuery(tokens, end)) {
      return new Command("CREATE TABLE AS", true, end);
    }
    return new Command(tag, !kind.isEmpty(), end);
  }

  /** Returns the index after the words that name a kind of object. */
  private static int kindEnd(StatementTokens tokens, int i) {
    return switch (tokens.word(i)) {
      case "materialized", "event", "access", "text", "large" -> i + afterText(tokens, i);
      case "foreign" -> tokens.isWord(i + 1, "data") ? i + 3 : i + 2;
      case "operator" ->
          tokens.isWord(i + 1, "class") || tokens.isWord(i + 1, "family") ? i + 2 : i + 1;
      case "user" -> tokens.isWord(i + 1, "mapping") ? i + 2 : i + 1;
      case "procedural" -> i + 2;
      default -> i + 1;
    };
  }

  private static int afterText(StatementTokens tokens, int i) {
    return tokens.isWord(i, "text") ? 3 : 2;
  }

  private static String kind(StatementTokens tokens, int from, int end) {
    StringBuilder kind = new StringBuilder();
    for (int i = from; i < end; i++) {
      String word = tokens.word(i).toUpperCase(Locale.ROOT);
      kind.append(kind.length() == 0 || word.isEmpty() ? "" : " ").append(word);
    }
    String written = kind.toString();
    return written.equals("USER") || written.equals("GROUP") ? "ROLE" : written;
  }

  private static boolean createsFromQuery(StatementTokens tokens, int from) {
    return queryAfterAs(tokens, from) != null;
  }

  /** Returns the query, or the EXECUTE, after the outermost AS, or null. */
  static @Nullable StatementTokens queryAfterAs(StatementTokens tokens, int from) {
    for (int as = tokens.find(from, "as"); as >= 0; as = tokens.find(as + 1, "as")) {
      String word = tokens.word(as + 1);
      boolean query = QUERY_VERBS.contains(word) || word.equals("with") || word.equals("execute");
      if (query || tokens.is(as + 1, '(')) {
        return tokens.from(as + 1);
      }
    }
    return null;
  }
}
