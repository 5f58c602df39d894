package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.LockMode.ACCESS_EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.pgrunbook.sql.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.pgrunbook.sql.AlterTable.Action;
import java.util.ArrayList;
import java.util.List;

/** The locks of ALTER TABLE: the strongest that one of its actions needs. */
final class AlterTableLocks {

  private final StatementTokens tokens;
  private final List<RelationLock> others = new ArrayList<>();

  private AlterTableLocks(StatementTokens tokens) {
    this.tokens = tokens;
  }

  /** Returns the locks of an ALTER TABLE whose table, or IF EXISTS, stands at an index. */
  static List<RelationLock> of(StatementTokens tokens, int next) {
    return new AlterTableLocks(tokens).read(next);
  }

  private List<RelationLock> read(int next) {
    AlterTable parts = AlterTable.read(tokens, next);
    if (parts == null) {
      return List.of();
    }
    LockMode strongest = LockMode.ACCESS_SHARE;
    for (Action action : parts.actions()) {
      LockMode mode = mode(action.start(), action.end());
      strongest = mode.compareTo(strongest) > 0 ? mode : strongest;
    }
    List<RelationLock> locks = new ArrayList<>();
    locks.add(strongest.on(parts.table()));
    locks.addAll(others);
    return locks;
  }

  private LockMode mode(int action, int end) {
    return switch (tokens.word(action)) {
      case "validate", "cluster" -> SHARE_UPDATE_EXCLUSIVE;
      case "attach" -> attach(action);
      case "detach" -> detach(action);
      case "enable", "disable" -> switchTrigger(action);
      case "add" -> add(action, end);
      case "alter" -> alterColumn(action);
      case "set" -> set(action);
      case "reset" -> onlyMildOptions(action + 1) ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
      default -> ACCESS_EXCLUSIVE;
    };
  }

  private LockMode attach(int action) {
    addOther(action + 2, ACCESS_EXCLUSIVE);
    return SHARE_UPDATE_EXCLUSIVE;
  }

  private LockMode detach(int action) {
    addOther(action + 2, ACCESS_EXCLUSIVE);
    int after = tokens.nameEnd(action + 2);
    boolean mild = tokens.isWord(after, "concurrently") || tokens.isWord(after, "finalize");
    return mild ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
  }

  private LockMode switchTrigger(int action) {
    boolean scoped = tokens.isWord(action + 1, "always") || tokens.isWord(action + 1, "replica");
    boolean trigger = tokens.isWord(scoped ? action + 2 : action + 1, "trigger");
    return trigger ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE;
  }

  /** A foreign key locks both tables, unless a new column brings it. */
  private LockMode add(int action, int end) {
    int references = tokens.find(action, end, 0, "references");
    if (references >= 0) {
      addOther(references + 1, SHARE_ROW_EXCLUSIVE);
    }
    boolean named = tokens.isWord(action + 1, "constraint");
    int kind = named ? tokens.nameEnd(action + 2) : action + 1;
    return tokens.areWords(kind, "foreign", "key") ? SHARE_ROW_EXCLUSIVE : ACCESS_EXCLUSIVE;
  }

  private LockMode alterColumn(int action) {
    int column = tokens.isWord(action + 1, "column") ? action + 2 : action + 1;
    int after = tokens.nameEnd(column);
    boolean sets = tokens.isWord(after, "set");
    boolean statistics = sets && tokens.isWord(after + 1, "statistics");
    boolean options = (sets || tokens.isWord(after, "reset")) && tokens.is(after + 1, '(');
    return statistics || options ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
  }

  private LockMode set(int action) {
    boolean mild = tokens.areWords(action + 1, "without", "cluster") || onlyMildOptions(action + 1);
    return mild ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
  }

  /** Only {@code user_catalog_table} needs more among the storage parameters of tables. */
  private boolean onlyMildOptions(int open) {
    return tokens.is(open, '(')
        && tokens.find(open, tokens.closing(open), 1, "user_catalog_table") < 0;
  }

  private void addOther(int name, LockMode mode) {
    int end = tokens.nameEnd(name);
    if (end > name) {
      others.add(mode.on(tokens.written(name, end)));
    }
  }
}
