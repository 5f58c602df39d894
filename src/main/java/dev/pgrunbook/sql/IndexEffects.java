package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.Work.Kind.INDEXED;
import static dev.pgrunbook.sql.Work.Kind.REWRITTEN;

/** The effects of the commands about indexes. */
final class IndexEffects {

  /** Further columns rarely make an index pick fewer rows. */
  private static final int WIDE = 3;

  private final EffectDraft draft;
  private final StatementTokens tokens;

  private IndexEffects(EffectDraft draft) {
    this.draft = draft;
    this.tokens = draft.tokens();
  }

  static void add(EffectDraft draft) {
    IndexEffects effects = new IndexEffects(draft);
    switch (draft.tag()) {
      case "CREATE INDEX", "CREATE INDEX CONCURRENTLY" -> effects.create();
      case "DROP INDEX", "DROP INDEX CONCURRENTLY" -> effects.drop();
      case "REINDEX" -> effects.reindex();
      default -> effects.alter();
    }
  }

  private boolean concurrently() {
    return draft.tag().endsWith(" CONCURRENTLY");
  }

  private void create() {
    int on = tokens.find(draft.next(), "on");
    int table = tokens.after(on + 1, "only");
    String relation = draft.name(table);
    boolean only = table > on + 1;
    if (!only) {
      draft.work(relation, Work.certain(INDEXED));
    }
    int name = tokens.after(draft.next(), "if", "not", "exists");
    boolean named = name < on;
    String index = named ? inSchemaOf(relation, draft.name(name)) : "";
    draft.undo(
        named
            ? Reversal.by((concurrently() ? "DROP INDEX CONCURRENTLY " : "DROP INDEX ") + index)
            : Reversal.byHand("by dropping the index, under the name the server gives it"));
    if (concurrently()) {
      adviseLeftover(named ? index : "the index");
    } else if (!only) {
      draft.advise(
          AdviceCode.INDEX_NOT_CONCURRENT,
          "nobody can write to " + relation + " while the index is built",
          "CREATE INDEX CONCURRENTLY, with transaction: none");
    }
    adviseWidth(table);
  }

  /** An index is made in its table's schema and has to be dropped there. */
  private static String inSchemaOf(String relation, String index) {
    int dot = relation.lastIndexOf('.');
    return dot < 0 ? index : relation.substring(0, dot + 1) + index;
  }

  private void adviseLeftover(String index) {
    draft.advise(
        AdviceCode.CONCURRENT_INDEX_LEFTOVER,
        "waits for transactions that are open; when it fails it leaves "
            + index
            + " behind, invalid",
        "drop it before the next attempt");
  }

  private void adviseWidth(int table) {
    int open = tokens.nameEnd(table);
    while (open < tokens.size() && !tokens.is(open, '(')) {
      open++;
    }
    int columns = 1;
    for (int i = open + 1; i < tokens.closing(open) && open < tokens.size(); i++) {
      columns += tokens.is(i, ',') && tokens.depth(i) == 1 ? 1 : 0;
    }
    boolean unique = tokens.find(0, draft.next(), 0, "unique") >= 0;
    if (columns > WIDE && !unique) {
      draft.advise(
          AdviceCode.WIDE_INDEX,
          "more than " + WIDE + " columns rarely make an index find less",
          "begin with the columns that leave the fewest rows");
    }
  }

  private void drop() {
    int name = tokens.after(draft.next(), "if", "exists");
    draft.undo(
        Reversal.byHand("by its CREATE INDEX; note pg_get_indexdef before, and time to build it"));
    if (!concurrently()) {
      draft.advise(
          AdviceCode.DROP_INDEX_NOT_CONCURRENT,
          "nobody can read or write the table of "
              + draft.name(name)
              + " from the moment it waits for the lock",
          "DROP INDEX CONCURRENTLY, with transaction: none");
    }
    if (tokens.find(name, "cascade") >= 0) {
      ObjectEffects.adviseCascade(draft);
    }
  }

  private void reindex() {
    boolean concurrently = draft.analysis().transactionRule() == TransactionRule.BARRED;
    for (RelationLock lock : draft.analysis().locks()) {
      draft.work(lock.relation(), Work.certain(INDEXED));
    }
    draft.undo(Reversal.nothing());
    if (!isConcurrent()) {
      draft.advise(
          AdviceCode.REINDEX_NOT_CONCURRENT,
          "nobody can write to the table meanwhile, nor read through the index",
          "REINDEX … CONCURRENTLY, with transaction: none");
    } else if (concurrently) {
      adviseLeftover("an index with _ccnew in its name");
    }
  }

  /** SCHEMA and DATABASE are barred from transaction blocks, too, but lock all the same. */
  private boolean isConcurrent() {
    int options = draft.next();
    boolean given = tokens.is(options, '(');
    int option = given ? tokens.find(options, tokens.closing(options), 1, "concurrently") : -1;
    boolean off = tokens.isWord(option + 1, "false") || tokens.isWord(option + 1, "off");
    return option >= 0 && !off || tokens.find(options, "concurrently") >= 0;
  }

  private void alter() {
    int name = tokens.after(draft.next(), "if", "exists");
    int action = tokens.nameEnd(name);
    String index = draft.name(name);
    if (tokens.areWords(action, "rename", "to")) {
      ObjectEffects.renamed(draft, "INDEX", index, draft.name(action + 2));
    } else if (tokens.areWords(action, "set", "tablespace")) {
      draft.work(index, Work.certain(REWRITTEN));
      draft.undo(Reversal.byHand("by moving it back to its tablespace"));
      draft.advise(
          AdviceCode.REWRITES_TABLE,
          "copies " + index + " while queries that would use it wait",
          "CREATE INDEX CONCURRENTLY in the other tablespace, then drop this one");
    } else {
      draft.undo(Reversal.byHand("by setting what was set before"));
    }
  }
}
