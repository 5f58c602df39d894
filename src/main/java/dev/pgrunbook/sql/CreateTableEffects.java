package dev.pgrunbook.sql;

import java.util.HashSet;
import java.util.Set;

/** The effects of CREATE TABLE in all its spellings; nobody waits for a table that is new. */
final class CreateTableEffects {

  private final EffectDraft draft;
  private final StatementTokens tokens;

  private CreateTableEffects(EffectDraft draft) {
    this.draft = draft;
    this.tokens = draft.tokens();
  }

  static void add(EffectDraft draft) {
    new CreateTableEffects(draft).add();
  }

  private void add() {
    boolean into = draft.tag().equals("SELECT INTO");
    int name = into ? intoName() : tokens.after(draft.next(), "if", "not", "exists");
    String table = draft.name(name);
    draft.undo(Reversal.by("DROP TABLE " + table));
    ObjectEffects.checkLength(draft, name);
    adviseSchema(table);
    int open = tokens.nameEnd(name);
    if (!into && tokens.is(open, '(')) {
      columns(open);
    }
    int partition = tokens.find(open, "of");
    if (partition == open + 1 && tokens.isWord(open, "partition")) {
      partitionOf(partition + 1);
    }
  }

  private int intoName() {
    int i = tokens.find(0, "into") + 1;
    while (tokens.isWord(i, "temp")
        || tokens.isWord(i, "temporary")
        || tokens.isWord(i, "unlogged")
        || tokens.isWord(i, "table")) {
      i++;
    }
    return i;
  }

  private void adviseSchema(String table) {
    boolean temporary =
        tokens.find(0, draft.next(), 0, "temp") >= 0
            || tokens.find(0, draft.next(), 0, "temporary") >= 0;
    if (table.indexOf('.') < 0 && !temporary && draft.tag().equals("CREATE TABLE")) {
      draft.advise(
          AdviceCode.WITHOUT_SCHEMA,
          "search_path decides which schema " + table + " is made in",
          "write the schema");
    }
  }

  private void columns(int open) {
    int close = tokens.closing(open);
    Set<String> keys = keys(open, close);
    for (int start = open + 1; start < close; start = tokens.partEnd(start, close) + 1) {
      if (!isConstraint(start)) {
        int end = tokens.partEnd(start, close);
        ColumnDefinition column = ColumnDefinition.read(tokens, start, end);
        if (column.hasType()) {
          boolean key =
              column.isPrimaryKey()
                  || keys.size() == 1 && keys.contains(tokens.folded(start, start + 1));
          ColumnAdvice.add(draft, column, key);
        }
      }
    }
  }

  private boolean isConstraint(int start) {
    return switch (tokens.word(start)) {
      case "constraint", "primary", "unique", "check", "foreign", "exclude", "like" -> true;
      default -> false;
    };
  }

  /** Returns the columns that the table's PRIMARY KEY clause names. */
  private Set<String> keys(int open, int close) {
    Set<String> keys = new HashSet<>();
    int primary = tokens.find(open, close, 1, "primary");
    if (primary >= 0 && tokens.is(primary + 2, '(')) {
      for (int i = primary + 3; i < tokens.closing(primary + 2); i += 2) {
        keys.add(tokens.folded(i, i + 1));
      }
    }
    return keys;
  }

  private void partitionOf(int parent) {
    String relation = draft.name(parent);
    draft.work(
        relation, new Work(Work.Kind.SCANNED, new OpenQuestion.HasDefaultPartition(relation)));
    draft.advise(
        AdviceCode.ATTACH_SCANS,
        "nobody can read or write " + relation + " until it commits",
        "CREATE TABLE … (LIKE …), a CHECK of the bounds, then ALTER TABLE … ATTACH PARTITION");
  }
}
