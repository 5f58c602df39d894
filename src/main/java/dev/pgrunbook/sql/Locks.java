package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.ROW_EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.SHARE;
import static dev.pgrunbook.sql.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.pgrunbook.sql.FunctionCalls.Call;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The locks a statement takes on the relations it names, after PostgreSQL's chapter on explicit
 * locking and the pages of the commands.
 *
 * <p>What is reached through views, triggers, foreign keys and functions is not known here. A lock
 * on an index stands for the one on its table, too: {@code DROP INDEX} names only the index.
 */
final class Locks {

  private final StatementTokens tokens;
  private final String tag;
  private final int next;
  private final Set<RelationLock> locks = new LinkedHashSet<>();

  private Locks(Command command, StatementTokens tokens) {
    this.tokens = tokens;
    this.tag = command.tag();
    this.next = command.next();
  }

  /** Returns the locks in order of writing; none when unknown. */
  static List<RelationLock> of(Command command, StatementTokens tokens, List<Call> calls) {
    Locks found = new Locks(command, tokens);
    found.add();
    found.addCalls(calls);
    return List.copyOf(found.locks);
  }

  private void add() {
    switch (tag) {
      case "SELECT", "SELECT INTO", "INSERT", "UPDATE", "DELETE", "MERGE" -> addQuery();
      case "TRUNCATE TABLE" -> addAll(after(next, "table"), ACCESS_EXCLUSIVE);
      case "DROP TABLE",
          "DROP VIEW",
          "DROP MATERIALIZED VIEW",
          "DROP SEQUENCE",
          "DROP INDEX",
          "DROP FOREIGN TABLE" ->
          addAll(afterIfExists(next), ACCESS_EXCLUSIVE);
      case "DROP INDEX CONCURRENTLY" -> addAll(afterIfExists(next), SHARE_UPDATE_EXCLUSIVE);
      case "CREATE INDEX" -> addOn(SHARE);
      case "CREATE INDEX CONCURRENTLY" -> addOn(SHARE_UPDATE_EXCLUSIVE);
      case "CREATE TABLE", "CREATE TABLE AS", "CREATE VIEW", "CREATE MATERIALIZED VIEW" ->
          locks.addAll(DefinitionLocks.of(tokens, tag, next));
      case "CREATE RULE" -> addAfter("to", ACCESS_EXCLUSIVE);
      case "DROP RULE", "ALTER TRIGGER" -> addOn(ACCESS_EXCLUSIVE);
      case "ALTER VIEW", "ALTER MATERIALIZED VIEW", "ALTER FOREIGN TABLE", "ALTER SEQUENCE" ->
          addAlterRelation();
      case "CREATE PUBLICATION", "ALTER PUBLICATION" -> addPublished();
      case "CREATE TRIGGER" -> addOn(SHARE_ROW_EXCLUSIVE);
      case "DROP TRIGGER", "CREATE POLICY", "ALTER POLICY", "DROP POLICY" ->
          addOn(ACCESS_EXCLUSIVE);
      case "CREATE STATISTICS" -> addAfter("from", SHARE_UPDATE_EXCLUSIVE);
      case "ALTER TABLE" -> locks.addAll(AlterTableLocks.of(tokens, next));
      case "ALTER INDEX" -> addAlterIndex();
      case "REINDEX" -> addReindex();
      case "CLUSTER" -> addOne(afterOptions(next), ACCESS_EXCLUSIVE);
      case "VACUUM" -> addVacuum();
      case "ANALYZE" -> addAll(afterOptions(next), SHARE_UPDATE_EXCLUSIVE);
      case "REFRESH MATERIALIZED VIEW" -> addRefresh();
      case "LOCK TABLE" -> addLockTable();
      case "COPY" -> addCopy();
      case "COMMENT" -> addComment();
      default -> {}
    }
  }

  private void addQuery() {
    for (DataChange change : DataChange.in(tokens)) {
      locks.add(ROW_EXCLUSIVE.on(change.relation()));
    }
    locks.addAll(QueryLocks.of(tokens));
  }

  private int after(int i, String word) {
    return tokens.isWord(i, word) ? i + 1 : i;
  }

  private int afterIfExists(int i) {
    return tokens.areWords(i, "if", "exists") ? i + 2 : i;
  }

  /** Skips {@code (VERBOSE, …)} and the same words without parentheses. */
  private int afterOptions(int start) {
    int i = tokens.is(start, '(') ? tokens.closing(start) + 1 : start;
    while (tokens.isWord(i, "full")
        || tokens.isWord(i, "freeze")
        || tokens.isWord(i, "verbose")
        || tokens.isWord(i, "analyze")) {
      i++;
    }
    return i;
  }

  private void addOne(int name, LockMode mode) {
    int end = tokens.nameEnd(name);
    if (end > name) {
      locks.add(mode.on(tokens.written(name, end)));
    }
  }

  /** Adds a list of relations, each perhaps with ONLY, an asterisk, or columns in parentheses. */
  private void addAll(int start, LockMode mode) {
    int i = start;
    boolean more = true;
    while (more) {
      i = after(i, "only");
      addOne(i, mode);
      i = tokens.nameEnd(i);
      if (tokens.is(i, '(')) {
        i = tokens.closing(i) + 1;
      } else if (i < tokens.size() && tokens.written(i, i + 1).equals("*")) {
        i++;
      }
      more = tokens.is(i, ',');
      i++;
    }
  }

  private void addOn(LockMode mode) {
    addAfter("on", mode);
  }

  private void addAfter(String word, LockMode mode) {
    int at = tokens.find(next, word);
    if (at >= 0) {
      addOne(after(at + 1, "only"), mode);
    }
  }

  /** What is set on sequences is set under a weaker lock; renaming one is not. */
  private void addAlterRelation() {
    int name = afterIfExists(next);
    int action = tokens.nameEnd(name);
    boolean moves =
        tokens.isWord(action, "rename")
            || tokens.isWord(action, "owner")
            || tokens.areWords(action, "set", "schema");
    boolean sequence = tag.equals("ALTER SEQUENCE") && !moves;
    addOne(name, sequence ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE);
  }

  /** Locks the tables after each TABLE; a schema's tables are locked with no name here. */
  private void addPublished() {
    for (int at = tokens.find(next, "table"); at >= 0; at = tokens.find(at + 1, "table")) {
      addAll(at + 1, SHARE_UPDATE_EXCLUSIVE);
    }
  }

  private void addAlterIndex() {
    int name = afterIfExists(next);
    int action = tokens.nameEnd(name);
    if (tokens.isWord(action, "rename")) {
      addOne(name, SHARE_UPDATE_EXCLUSIVE);
    } else if (tokens.areWords(action, "set", "tablespace")) {
      addOne(name, ACCESS_EXCLUSIVE);
    }
  }

  private void addReindex() {
    boolean options = tokens.is(next, '(');
    int kind = options ? tokens.closing(next) + 1 : next;
    int name = after(kind + 1, "concurrently");
    boolean concurrently =
        TransactionRules.of(new Command(tag, true, next), tokens) == TransactionRule.BARRED;
    LockMode weak = concurrently ? SHARE_UPDATE_EXCLUSIVE : SHARE;
    if (tokens.isWord(kind, "table")) {
      addOne(name, weak);
    } else if (tokens.isWord(kind, "index")) {
      addOne(name, concurrently ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
    }
  }

  private void addVacuum() {
    addAll(
        afterOptions(next), isVacuumFull(tokens, next) ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE);
  }

  /** Returns whether a VACUUM whose options stand at an index is VACUUM FULL. */
  static boolean isVacuumFull(StatementTokens tokens, int next) {
    if (!tokens.is(next, '(')) {
      return tokens.isWord(next, "full");
    }
    int full = tokens.find(next, tokens.closing(next), 1, "full");
    return full >= 0 && !tokens.isWord(full + 1, "false") && !tokens.isWord(full + 1, "off");
  }

  private void addRefresh() {
    int name = next + 2;
    boolean concurrently = tokens.isWord(name, "concurrently");
    addOne(after(name, "concurrently"), concurrently ? EXCLUSIVE : ACCESS_EXCLUSIVE);
  }

  private void addLockTable() {
    int in = tokens.find(next, "in");
    int mode = in < 0 ? -1 : tokens.find(in, "mode");
    String spelled = mode < 0 ? "" : tokens.written(in + 1, mode).toUpperCase(Locale.ROOT).strip();
    for (LockMode candidate : LockMode.values()) {
      if (in < 0 ? candidate == ACCESS_EXCLUSIVE : candidate.spelling().equals(spelled)) {
        addAll(after(next, "table"), candidate);
      }
    }
  }

  private void addCopy() {
    int name = next;
    int end = tokens.nameEnd(name);
    int after = tokens.is(end, '(') ? tokens.closing(end) + 1 : end;
    addOne(name, tokens.isWord(after, "from") ? ROW_EXCLUSIVE : LockMode.ACCESS_SHARE);
  }

  private void addComment() {
    if (tokens.areWords(next, "on", "table")) {
      addOne(next + 2, SHARE_UPDATE_EXCLUSIVE);
    }
  }

  /** pglogical's resynchronisation has a worker TRUNCATE the table. */
  private void addCalls(List<Call> calls) {
    for (Call call : calls) {
      if (call.name().equals("pglogical.alter_subscription_resynchronize_table")) {
        @Nullable String relation = FunctionArguments.of(tokens, call.open(), 1, "relation");
        if (relation != null) {
          locks.add(ACCESS_EXCLUSIVE.on(withoutCastAndQuotes(relation)));
        }
      }
    }
  }

  private static String withoutCastAndQuotes(String argument) {
    int cast = argument.lastIndexOf("::regclass");
    String bare = cast > 0 ? argument.substring(0, cast) : argument;
    boolean quoted = bare.length() > 1 && bare.startsWith("'") && bare.endsWith("'");
    return quoted ? bare.substring(1, bare.length() - 1).replace("''", "'") : bare;
  }
}
