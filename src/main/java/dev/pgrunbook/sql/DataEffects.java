package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.Work.Kind.SCANNED;

import java.util.List;

/** The effects of what reads and changes rows, and of code that may do either. */
final class DataEffects {

  private final EffectDraft draft;
  private final StatementTokens tokens;

  private DataEffects(EffectDraft draft) {
    this.draft = draft;
    this.tokens = draft.tokens();
  }

  static void add(EffectDraft draft) {
    DataEffects effects = new DataEffects(draft);
    switch (draft.tag()) {
      case "TRUNCATE TABLE" -> effects.truncate();
      case "DO", "CALL", "EXECUTE" -> effects.code();
      case "COPY" -> effects.copy();
      default -> effects.query();
    }
  }

  private void query() {
    List<DataChange> changes = DataChange.in(tokens);
    for (DataChange change : changes) {
      boolean whole = !change.filtered();
      switch (change.verb()) {
        case "insert" ->
            draft.undo(Reversal.byHand("by deleting the rows; RETURNING their keys tells which"));
        case "delete" -> draft.undo(Reversal.backup());
        default -> draft.undo(Reversal.byHand("only with the old values; copy them before"));
      }
      if (whole && change.verb().equals("delete")) {
        everyRow("deletes every row of ", change.relation(), "a WHERE, or TRUNCATE if it is meant");
      } else if (whole && change.verb().equals("update")) {
        everyRow(
            "changes every row of ",
            change.relation(),
            "a WHERE, in batches of some thousand rows with a transaction each");
      }
    }
    if (changes.isEmpty() && QueryLocks.locksRows(tokens)) {
      draft.undo(Reversal.nothing());
    }
  }

  /** Each row stays locked, and its old version dead, until the one transaction ends. */
  private void everyRow(String what, String relation, String instead) {
    draft.work(relation, Work.certain(SCANNED));
    draft.advise(
        AdviceCode.EVERY_ROW, what + relation + " and locks each until the commit", instead);
  }

  private void truncate() {
    int table = tokens.after(tokens.after(draft.next(), "table"), "only");
    draft.undo(Reversal.backup());
    draft.advise(
        AdviceCode.TRUNCATES,
        "removes every row of " + tables() + " at once, and fires no DELETE trigger",
        null);
    if (tokens.find(table, "cascade") >= 0) {
      draft.cascade();
      draft.advise(
          AdviceCode.CASCADE,
          "CASCADE empties every table with a foreign key to it, and theirs",
          "name each table");
    }
  }

  private String tables() {
    return String.join(
        ", ", draft.analysis().locks().stream().map(RelationLock::relation).toList());
  }

  private void code() {
    draft.undo(Reversal.unknown());
    if (!draft.tag().equals("CALL")) {
      draft.advise(
          AdviceCode.UNKNOWN_CODE,
          "what " + draft.tag() + " does and locks is decided by its code when it runs",
          "the statements themselves, or a step \"generate\"");
    }
  }

  private void copy() {
    int end = tokens.nameEnd(draft.next());
    int after = tokens.is(end, '(') ? tokens.closing(end) + 1 : end;
    boolean in = tokens.isWord(after, "from");
    draft.undo(in ? Reversal.byHand("by deleting the rows") : Reversal.nothing());
  }
}
