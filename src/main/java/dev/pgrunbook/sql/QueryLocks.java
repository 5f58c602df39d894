package dev.pgrunbook.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The locks of reading: on what the FROM clauses of a query name. */
final class QueryLocks {

  /** Words that end a FROM clause's list. */
  private static final Set<String> CLAUSES =
      Set.of(
          "where",
          "group",
          "having",
          "window",
          "union",
          "intersect",
          "except",
          "order",
          "limit",
          "offset",
          "fetch",
          "for",
          "returning",
          "set",
          "when",
          "on");

  private final StatementTokens tokens;
  private final LockMode mode;
  private final Set<String> ownNames = new HashSet<>();
  private final List<RelationLock> locks = new ArrayList<>();

  private QueryLocks(StatementTokens tokens) {
    this.tokens = tokens;
    this.mode = locksRows(tokens) ? LockMode.ROW_SHARE : LockMode.ACCESS_SHARE;
  }

  /** Returns the locks of a query; with FOR UPDATE and its like those are ROW SHARE. */
  static List<RelationLock> of(StatementTokens tokens) {
    return new QueryLocks(tokens).read();
  }

  /** Returns whether a query locks the rows it reads. */
  static boolean locksRows(StatementTokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isWord(i, "for")) {
        switch (tokens.word(i + 1)) {
          case "update", "share", "no", "key" -> {
            return true;
          }
          default -> {}
        }
      }
    }
    return false;
  }

  private List<RelationLock> read() {
    if (tokens.isWord(0, "with")) {
      nameQueries();
    }
    if (tokens.isWord(0, "table")) {
      relation(1);
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isWord(i, "join")) {
        relation(i + 1);
      } else if (tokens.isWord(i, "using") && followsChange(i)) {
        list(i + 1);
      } else if (tokens.isWord(i, "from") && followsSelect(i)) {
        list(i + 1);
      }
    }
    return locks;
  }

  /** Collects the names that a WITH clause gives to its queries. */
  private void nameQueries() {
    for (int i = 1; i < tokens.size(); i++) {
      boolean begins =
          tokens.isWord(i - 1, "with")
              || tokens.isWord(i - 1, "recursive")
              || tokens.is(i - 1, ',');
      int end = tokens.nameEnd(i);
      int as = tokens.is(end, '(') ? tokens.closing(end) + 1 : end;
      if (begins && end == i + 1 && tokens.isWord(as, "as")) {
        ownNames.add(tokens.folded(i, end));
      }
    }
  }

  /** FROM begins a list of relations only after SELECT: not in DELETE FROM or EXTRACT(… FROM …). */
  private boolean followsSelect(int from) {
    for (int i = from - 1; i >= 0 && tokens.depth(i) >= tokens.depth(from); i--) {
      if (tokens.depth(i) == tokens.depth(from)) {
        if (tokens.isWord(i, "select")) {
          return !tokens.isWord(from - 1, "distinct");
        }
        if (tokens.isWord(i, "from") || tokens.isWord(i, "update")) {
          return tokens.isWord(i, "update") && !tokens.isWord(from - 1, "distinct");
        }
      }
    }
    return false;
  }

  /** USING begins a list of relations in DELETE and MERGE; after JOIN it names columns. */
  private boolean followsChange(int using) {
    for (int i = using - 1; i >= 0 && tokens.depth(i) >= tokens.depth(using); i--) {
      if (tokens.depth(i) == tokens.depth(using)) {
        if (tokens.isWord(i, "delete") || tokens.isWord(i, "merge")) {
          return true;
        }
        if (tokens.isWord(i, "select") || tokens.isWord(i, "join") || tokens.isWord(i, "where")) {
          return false;
        }
      }
    }
    return false;
  }

  private void list(int start) {
    relation(start);
    int depth = start < tokens.size() ? tokens.depth(start) : 0;
    for (int i = start; i < tokens.size() && tokens.depth(i) >= depth; i++) {
      if (tokens.depth(i) == depth) {
        if (CLAUSES.contains(tokens.word(i)) || tokens.is(i, ';')) {
          return;
        }
        if (tokens.is(i, ',')) {
          relation(i + 1);
        }
      }
    }
  }

  /** Adds the relation at an index, unless a function or a subquery stands there. */
  private void relation(int start) {
    int name = tokens.isWord(start, "only") ? start + 1 : start;
    int end = tokens.nameEnd(name);
    boolean function = tokens.is(end, '(') || tokens.isWord(name, "lateral");
    if (end > name && !function && !tokens.isWord(name, "rows") && !isOwnName(name, end)) {
      RelationLock lock = mode.on(tokens.written(name, end));
      if (!locks.contains(lock)) {
        locks.add(lock);
      }
    }
  }

  private boolean isOwnName(int name, int end) {
    return end == name + 1 && ownNames.contains(tokens.folded(name, end));
  }
}
