package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.Work.Kind.INDEXED;
import static dev.pgrunbook.sql.Work.Kind.SCANNED;

import dev.pgrunbook.sql.AlterTable.Action;

/** The effects of constraints that are added and validated. */
final class ConstraintEffects {

  private final EffectDraft draft;
  private final StatementTokens tokens;
  private final String table;

  ConstraintEffects(EffectDraft draft, String table) {
    this.draft = draft;
    this.tokens = draft.tokens();
    this.table = table;
  }

  /** Returns whether ADD is followed by a constraint, not by a column, at an index. */
  static boolean isConstraint(StatementTokens tokens, int at) {
    return switch (tokens.word(at)) {
      case "constraint" -> true;
      case "check", "exclude" -> tokens.is(at + 1, '(') || tokens.isWord(at + 1, "using");
      case "unique" ->
          tokens.is(at + 1, '(')
              || tokens.isWord(at + 1, "using")
              || tokens.isWord(at + 1, "nulls");
      case "primary", "foreign" -> tokens.isWord(at + 1, "key");
      case "not" -> tokens.isWord(at + 1, "null");
      default -> false;
    };
  }

  void add(Action action) {
    int at = action.start() + 1;
    boolean named = tokens.isWord(at, "constraint");
    int kind = named ? tokens.nameEnd(at + 1) : at;
    draft.undo(
        named
            ? Reversal.by("ALTER TABLE " + table + " DROP CONSTRAINT " + draft.name(at + 1))
            : Reversal.byHand("by dropping the constraint, under the name the server gives it"));
    boolean notValid = isNotValid(kind, action.end());
    switch (tokens.word(kind)) {
      case "foreign" -> foreignKey(kind, action.end(), notValid);
      case "check" -> check(notValid);
      case "not" -> notNull(kind, notValid);
      case "unique", "primary" -> unique(kind, action.end());
      default -> exclusion();
    }
  }

  private boolean isNotValid(int from, int end) {
    int valid = tokens.find(from, end, 0, "valid");
    return valid > 0 && tokens.isWord(valid - 1, "not");
  }

  private void foreignKey(int kind, int end, boolean notValid) {
    int references = tokens.find(kind, end, 0, "references");
    String other = references < 0 ? "the other table" : draft.name(references + 1);
    if (notValid) {
      return;
    }
    draft.work(table, Work.certain(SCANNED));
    if (references >= 0) {
      draft.work(other, Work.certain(SCANNED));
    }
    draft.advise(
        AdviceCode.FOREIGN_KEY_VALIDATED_AT_ONCE,
        "checks every row of " + table + " while nobody can write to it or to " + other,
        "ADD … NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own");
  }

  private void check(boolean notValid) {
    if (!notValid) {
      draft.work(table, Work.certain(SCANNED));
      draft.advise(
          AdviceCode.CHECK_VALIDATED_AT_ONCE,
          "checks every row of " + table + " while nobody can read or write it",
          "ADD … NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own");
    }
  }

  private void notNull(int kind, boolean notValid) {
    if (!notValid) {
      String column = tokens.folded(kind + 2, kind + 3);
      draft.work(table, new Work(SCANNED, new OpenQuestion.MayHoldNull(table, column)));
      draft.advise(
          AdviceCode.SET_NOT_NULL,
          "reads every row of " + table + " while nobody can read or write it",
          "ADD … NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own");
    }
  }

  private void unique(int kind, int end) {
    boolean primary = tokens.isWord(kind, "primary");
    int using = tokens.find(kind, end, 0, "using");
    if (using >= 0
        && tokens.isWord(using + 1, "index")
        && !tokens.isWord(using + 2, "tablespace")) {
      if (primary) {
        draft.work(table, new Work(SCANNED, new OpenQuestion.MayHoldNull(table, "")));
      }
      return;
    }
    draft.work(table, Work.certain(INDEXED));
    draft.advise(
        AdviceCode.UNIQUE_WITHOUT_INDEX,
        "builds its index while nobody can read or write " + table,
        "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … "
            + (primary ? "PRIMARY KEY" : "UNIQUE")
            + " USING INDEX");
  }

  private void exclusion() {
    draft.work(table, Work.certain(INDEXED));
    draft.advise(
        AdviceCode.EXCLUSION_CONSTRAINT,
        "builds its index and checks every row of "
            + table
            + " while nobody can read or write it; there is no other way",
        null);
  }

  /** The one way to check old rows that lets others read and write meanwhile. */
  static void validate(EffectDraft draft, String table, int start) {
    StatementTokens tokens = draft.tokens();
    String constraint = tokens.folded(start + 2, start + 3);
    draft.work(table, new Work(SCANNED, new OpenQuestion.IsNotValid(table, constraint)));
    draft.undo(Reversal.nothing());
  }
}
