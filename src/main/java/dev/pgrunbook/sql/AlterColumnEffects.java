package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.Work.Kind.REWRITTEN;
import static dev.pgrunbook.sql.Work.Kind.SCANNED;

import dev.pgrunbook.sql.AlterTable.Action;

/** The effects of ALTER COLUMN. */
final class AlterColumnEffects {

  private final EffectDraft draft;
  private final StatementTokens tokens;
  private final String table;

  AlterColumnEffects(EffectDraft draft, String table) {
    this.draft = draft;
    this.tokens = draft.tokens();
    this.table = table;
  }

  void add(Action action) {
    int column = tokens.after(action.start() + 1, "column");
    int what = tokens.nameEnd(column);
    String alter = "ALTER TABLE " + table + " ALTER COLUMN " + draft.name(column);
    if (tokens.areWords(what, "set", "data", "type") || tokens.isWord(what, "type")) {
      type(column, tokens.after(tokens.after(what, "set", "data"), "type"), action.end());
    } else if (tokens.areWords(what, "set", "not", "null")) {
      notNull(column, alter);
    } else if (tokens.areWords(what, "drop", "not", "null")) {
      draft.undo(Reversal.by(alter + " SET NOT NULL"));
      draft.advise(
          AdviceCode.DROP_NOT_NULL,
          "programs may read a null in " + draft.name(column) + " from the commit on",
          null);
    } else if (tokens.isWord(what, "add")) {
      draft.undo(Reversal.by(alter + " DROP IDENTITY"));
    } else if (tokens.areWords(what, "set", "expression")) {
      rewritten("SET EXPRESSION computes every row of " + table + " anew");
    } else {
      draft.undo(Reversal.byHand("by setting what was set before"));
    }
  }

  private void rewritten(String sentence) {
    draft.work(table, Work.certain(REWRITTEN));
    draft.undo(Reversal.byHand("by the old expression, with another rewrite"));
    draft.advise(AdviceCode.REWRITES_TABLE, sentence + " while nobody can read or write it", null);
  }

  private void notNull(int column, String alter) {
    String name = draft.name(column);
    draft.work(
        table,
        new Work(SCANNED, new OpenQuestion.MayHoldNull(table, tokens.folded(column, column + 1))));
    draft.undo(Reversal.by(alter + " DROP NOT NULL"));
    draft.advise(
        AdviceCode.SET_NOT_NULL,
        "reads every row of "
            + table
            + " while nobody can read or write it, unless a validated CHECK says the same",
        "ADD CHECK (" + name + " IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT, then SET NOT NULL");
  }

  private void type(int column, int from, int end) {
    ColumnDefinition definition = ColumnDefinition.read(tokens, from - 1, end);
    String type = definition.type();
    draft.change(table, SchemaChange.Kind.COLUMN_TYPE_CHANGED, tokens.folded(column, column + 1));
    boolean converts = definition.has("using") && !isPlain(definition, column);
    draft.work(
        table,
        converts
            ? Work.certain(REWRITTEN)
            : new Work(
                REWRITTEN,
                new OpenQuestion.NeedsConversion(table, tokens.folded(column, column + 1), type)));
    draft.undo(Reversal.byHand("by the old type, if every value fits it, with another rewrite"));
    draft.advise(
        AdviceCode.CHANGE_TYPE,
        table
            + " is rewritten"
            + (converts ? "" : ", unless " + type + " stores the old values unchanged,")
            + " while nobody can read or write it",
        "a new column that is filled in batches and written along, then swap them");
    ColumnAdvice.type(draft, draft.name(column), definition.normalType());
  }

  /** USING the column itself, or its cast to the type, converts no more than no USING. */
  private boolean isPlain(ColumnDefinition definition, int column) {
    int using = definition.find("using");
    String name = tokens.folded(column, column + 1);
    boolean same = using + 1 < definition.end() && tokens.folded(using + 1, using + 2).equals(name);
    return same
        && (using + 2 == definition.end()
            || tokens.normal(using + 2, definition.end()).equals("::" + definition.normalType()));
  }
}
