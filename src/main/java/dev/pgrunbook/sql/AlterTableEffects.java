package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.Work.Kind.REWRITTEN;
import static dev.pgrunbook.sql.Work.Kind.SCANNED;

import dev.pgrunbook.sql.AlterTable.Action;

/** The effects of ALTER TABLE, action by action; columns and constraints have their own classes. */
final class AlterTableEffects {

  private final EffectDraft draft;
  private final StatementTokens tokens;
  private final String table;

  private AlterTableEffects(EffectDraft draft, String table) {
    this.draft = draft;
    this.tokens = draft.tokens();
    this.table = table;
  }

  static void add(EffectDraft draft) {
    AlterTable parts = AlterTable.read(draft.tokens(), draft.next());
    if (parts != null) {
      AlterTableEffects effects = new AlterTableEffects(draft, parts.table());
      parts.actions().forEach(effects::action);
    }
  }

  private void action(Action action) {
    int start = action.start();
    switch (tokens.word(start)) {
      case "add" -> addPart(action);
      case "alter" -> new AlterColumnEffects(draft, table).add(action);
      case "drop" -> drop(action);
      case "validate" -> ConstraintEffects.validate(draft, table, start);
      case "rename" -> rename(start);
      case "set" -> set(start);
      case "attach" -> attach(start);
      case "detach" -> detach(start);
      case "enable", "disable" -> switchSomething(start);
      case "replica" -> replicaIdentity(start);
      case "inherit" -> draft.undo(Reversal.by(alter("NO INHERIT " + draft.name(start + 1))));
      case "no" -> draft.undo(Reversal.by(alter("INHERIT " + draft.name(start + 2))));
      default -> draft.undo(Reversal.byHand("by setting what was set before"));
    }
  }

  private String alter(String action) {
    return "ALTER TABLE " + table + " " + action;
  }

  private void addPart(Action action) {
    if (ConstraintEffects.isConstraint(tokens, action.start() + 1)) {
      new ConstraintEffects(draft, table).add(action);
    } else {
      new AddColumnEffects(draft, table).add(action);
    }
  }

  private void drop(Action action) {
    int at = action.start() + 1;
    if (tokens.isWord(at, "constraint")) {
      int name = tokens.after(at + 1, "if", "exists");
      draft.change(table, SchemaChange.Kind.CONSTRAINT_DROPPED, tokens.folded(name, name + 1));
      draft.undo(Reversal.byHand("by its definition; note pg_get_constraintdef before"));
    } else {
      int column = tokens.after(tokens.after(at, "column"), "if", "exists");
      draft.undo(Reversal.backup());
      draft.change(table, SchemaChange.Kind.COLUMN_DROPPED, tokens.folded(column, column + 1));
      draft.advise(
          AdviceCode.DROPS_COLUMN,
          "drops column "
              + draft.name(column)
              + " with its values, its indexes and constraints, and statements that name it fail",
          "make programs stop using it first");
    }
    if (tokens.find(at, action.end(), 0, "cascade") >= 0) {
      ObjectEffects.adviseCascade(draft);
    }
  }

  private void rename(int start) {
    if (tokens.isWord(start + 1, "to")) {
      ObjectEffects.renamed(draft, "TABLE", table, draft.name(start + 2));
      return;
    }
    boolean constraint = tokens.isWord(start + 1, "constraint");
    int from = tokens.isWord(start + 1, "column") || constraint ? start + 2 : start + 1;
    String word = constraint ? "RENAME CONSTRAINT " : "RENAME COLUMN ";
    draft.undo(Reversal.by(alter(word + draft.name(from + 2) + " TO " + draft.name(from))));
    if (!constraint) {
      ObjectEffects.adviseRename(draft, draft.name(from));
    }
  }

  private void set(int start) {
    switch (tokens.word(start + 1)) {
      case "schema" -> ObjectEffects.moved(draft, "TABLE", table);
      case "logged", "unlogged" -> {
        boolean logged = tokens.isWord(start + 1, "logged");
        draft.undo(Reversal.by(alter(logged ? "SET UNLOGGED" : "SET LOGGED")));
        rewrite(logged ? "SET LOGGED" : "SET UNLOGGED");
        if (!logged) {
          draft.advise(
              AdviceCode.UNLOGGED,
              "a crash empties " + table + " from the commit on, and replicas do not have it",
              null);
        }
      }
      case "tablespace", "access" -> {
        draft.undo(Reversal.byHand("by setting what was set before, with another rewrite"));
        rewrite(tokens.isWord(start + 1, "access") ? "SET ACCESS METHOD" : "SET TABLESPACE");
      }
      default -> draft.undo(Reversal.byHand("by setting what was set before"));
    }
  }

  private void rewrite(String what) {
    draft.work(table, Work.certain(REWRITTEN));
    draft.advise(
        AdviceCode.REWRITES_TABLE,
        what + " copies " + table + " while nobody can read or write it",
        null);
  }

  private void attach(int start) {
    String partition = draft.name(start + 2);
    draft.work(partition, new Work(SCANNED, new OpenQuestion.LacksBoundsCheck(partition)));
    draft.undo(Reversal.by(alter("DETACH PARTITION " + partition)));
    draft.advise(
        AdviceCode.ATTACH_SCANS,
        "reads every row of "
            + partition
            + ", and of the default partition, while nobody can read or write them",
        "first a CHECK of the bounds, NOT VALID and then validated, on both");
  }

  private void detach(int start) {
    String partition = draft.name(start + 2);
    boolean mild = draft.analysis().locks().stream().noneMatch(l -> isStrongOn(l, table));
    draft.undo(
        Reversal.byHand("by ATTACH PARTITION " + partition + " with its bounds; note them before"));
    if (!mild) {
      draft.change(table, SchemaChange.Kind.PARTITION_DETACHED, "");
      draft.advise(
          AdviceCode.DETACH_NOT_CONCURRENT,
          "nobody can read or write " + table + ", all its partitions, until it commits",
          "DETACH PARTITION … CONCURRENTLY, with transaction: none");
    }
  }

  private static boolean isStrongOn(RelationLock lock, String relation) {
    return lock.relation().equals(relation) && LockMode.of(lock) == LockMode.ACCESS_EXCLUSIVE;
  }

  private void switchSomething(int start) {
    boolean off = tokens.isWord(start, "disable");
    boolean scoped = tokens.isWord(start + 1, "always") || tokens.isWord(start + 1, "replica");
    int what = scoped ? start + 2 : start + 1;
    String rest = tokens.written(what, tokens.partEnd(what, tokens.size()));
    draft.undo(Reversal.by(alter((off ? "ENABLE " : "DISABLE ") + rest)));
    if (off && tokens.isWord(what, "trigger")) {
      draft.advise(
          AdviceCode.SWITCHES_TRIGGERS,
          "writes of everybody go without them, foreign keys among them with ALL, and what was"
              + " missed is not made up for",
          "session_replication_role = replica in the one session");
    } else if (tokens.isWord(what, "row")) {
      draft.advise(
          AdviceCode.SWITCHES_TRIGGERS,
          off
              ? "every role that may read " + table + " sees every row from the commit on"
              : "roles without a policy see no row of " + table + " from the commit on",
          "policies first");
    }
  }

  private void replicaIdentity(int start) {
    boolean nothing = tokens.isWord(start + 2, "nothing");
    draft.undo(Reversal.byHand("by setting what was set before"));
    if (nothing || tokens.isWord(start + 2, "full")) {
      draft.advise(
          AdviceCode.REPLICA_IDENTITY,
          nothing
              ? "a published UPDATE or DELETE of " + table + " fails from the commit on"
              : "every UPDATE and DELETE writes whole rows to the WAL, and subscribers look each"
                  + " up by all its columns",
          "a primary key, or USING INDEX of a unique index on NOT NULL columns");
    }
  }
}
