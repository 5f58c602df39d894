package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.ACCESS_SHARE;
import static dev.pgrunbook.sql.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import java.util.ArrayList;
import java.util.List;

/** The locks of making tables and views: on what they are made of and point to. */
final class DefinitionLocks {

  private final StatementTokens tokens;
  private final List<RelationLock> locks = new ArrayList<>();

  private DefinitionLocks(StatementTokens tokens) {
    this.tokens = tokens;
  }

  /** Returns the locks; none on what is new, which nobody else sees. */
  static List<RelationLock> of(StatementTokens tokens, String tag, int next) {
    DefinitionLocks found = new DefinitionLocks(tokens);
    if (tag.equals("CREATE TABLE")) {
      found.table(tokens.after(next, "if", "not", "exists"));
    } else {
      found.query(tag, tokens.after(next, "if", "not", "exists"));
    }
    return found.locks.stream().distinct().toList();
  }

  private void add(int name, LockMode mode) {
    int end = tokens.nameEnd(name);
    if (end > name) {
      locks.add(mode.on(tokens.written(name, end)));
    }
  }

  private void table(int name) {
    int open = tokens.nameEnd(name);
    if (tokens.areWords(open, "partition", "of")) {
      add(open + 2, ACCESS_EXCLUSIVE);
    }
    String own = tokens.folded(name, open);
    for (int i = open; i < tokens.size(); i++) {
      if (tokens.depth(i) == 1) {
        boolean itself =
            i + 1 < tokens.size() && tokens.folded(i + 1, tokens.nameEnd(i + 1)).equals(own);
        if (tokens.isWord(i, "references") && !itself) {
          add(i + 1, SHARE_ROW_EXCLUSIVE);
        } else if (tokens.isWord(i, "like") && (tokens.is(i - 1, '(') || tokens.is(i - 1, ','))) {
          add(i + 1, ACCESS_SHARE);
        }
      } else if (tokens.isWord(i, "inherits") && tokens.is(i + 1, '(')) {
        inherits(i + 1);
      }
    }
  }

  private void inherits(int open) {
    int close = tokens.closing(open);
    for (int start = open + 1; start < close; start = tokens.partEnd(start, close) + 1) {
      add(start, SHARE_UPDATE_EXCLUSIVE);
    }
  }

  private void query(String tag, int name) {
    if (tag.equals("CREATE VIEW") && tokens.isWord(1, "or")) {
      add(name, ACCESS_EXCLUSIVE);
    }
    StatementTokens query = Command.queryAfterAs(tokens, name);
    if (query != null && !query.isWord(0, "execute")) {
      locks.addAll(QueryLocks.of(query));
    }
  }
}
