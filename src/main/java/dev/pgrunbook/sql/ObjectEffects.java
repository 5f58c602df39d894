package dev.pgrunbook.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The effects of making, dropping, renaming and changing objects that are no tables. */
final class ObjectEffects {

  /** What holds rows, so that dropping it loses them. */
  private static final Set<String> HOLD_DATA =
      Set.of("TABLE", "FOREIGN TABLE", "DATABASE", "SCHEMA", "TABLESPACE", "OWNED", "EXTENSION");

  /** Objects whose CREATE begins with their plain name, so that a DROP can name them. */
  private static final Set<String> NAMED =
      Set.of(
          "VIEW",
          "MATERIALIZED VIEW",
          "SEQUENCE",
          "SCHEMA",
          "TYPE",
          "DOMAIN",
          "EXTENSION",
          "PUBLICATION",
          "SUBSCRIPTION",
          "DATABASE",
          "ROLE",
          "SERVER",
          "STATISTICS",
          "TABLESPACE",
          "EVENT TRIGGER",
          "FOREIGN TABLE");

  private final EffectDraft draft;
  private final StatementTokens tokens;
  private final String kind;

  private ObjectEffects(EffectDraft draft) {
    this.draft = draft;
    this.tokens = draft.tokens();
    this.kind = draft.tag().substring(draft.tag().indexOf(' ') + 1);
  }

  static void add(EffectDraft draft) {
    ObjectEffects effects = new ObjectEffects(draft);
    if (draft.tag().startsWith("CREATE ")) {
      effects.create();
    } else if (draft.tag().startsWith("DROP ")) {
      effects.drop();
    } else if (draft.tag().startsWith("ALTER ")) {
      effects.alter();
    } else {
      effects.other();
    }
  }

  private void create() {
    boolean replaces = tokens.isWord(1, "or") && tokens.isWord(2, "replace");
    if (kind.equals("TRIGGER") || kind.equals("POLICY") || kind.equals("RULE")) {
      createOnTable();
    } else if (replaces) {
      draft.undo(Reversal.byHand("by its old definition; note it before"));
    } else if (NAMED.contains(kind)) {
      int name = tokens.after(draft.next(), "if", "not", "exists");
      draft.undo(Reversal.by("DROP " + kind + " " + draft.name(name)));
      checkLength(draft, name);
    } else if (kind.equals("FUNCTION") || kind.equals("PROCEDURE")) {
      int close = tokens.closing(tokens.nameEnd(draft.next()));
      draft.undo(Reversal.by("DROP " + kind + " " + draft.name(draft.next()) + arguments(close)));
    }
    if (kind.equals("DOMAIN") && constrains(draft.next())) {
      draft.advise(
          AdviceCode.DOMAIN_CONSTRAINT,
          "a domain's constraint can later be changed only by checking every column of its type"
              + " under SHARE locks",
          "CHECK constraints of the tables");
    }
  }

  private String arguments(int close) {
    return close == tokens.nameEnd(draft.next()) + 1 ? "()" : "";
  }

  private boolean constrains(int from) {
    return tokens.find(from, "check") >= 0
        || tokens.find(from, "constraint") >= 0
        || tokens.find(from, "null") >= 0;
  }

  private void createOnTable() {
    boolean rule = kind.equals("RULE");
    int on = tokens.find(draft.next(), rule ? "to" : "on");
    String table = draft.name(on + 1);
    draft.undo(Reversal.by("DROP " + kind + " " + draft.name(draft.next()) + " ON " + table));
    if (kind.equals("TRIGGER")) {
      draft.advise(
          AdviceCode.CREATES_TRIGGER,
          "nobody can write to "
              + table
              + " until it commits, and each of their writes runs the function from then on",
          "a lockTimeout and a transaction of its own");
    }
  }

  private void drop() {
    boolean data = HOLD_DATA.contains(kind);
    int names = tokens.after(draft.next(), "if", "exists");
    draft
        .analysis()
        .locks()
        .forEach(lock -> draft.change(lock.relation(), SchemaChange.Kind.RELATION_DROPPED, ""));
    if (data) {
      draft.undo(Reversal.backup());
      draft.advise(
          AdviceCode.DROPS_DATA,
          "drops "
              + kind.toLowerCase(Locale.ROOT)
              + " "
              + dropped(names)
              + " with all it holds, and every statement that names it fails from then on",
          kind.equals("TABLE") ? "rename it first and drop it when nobody has missed it" : null);
    } else {
      draft.undo(Reversal.byHand("by its definition; note it before"));
    }
    if (tokens.find(names, "cascade") >= 0) {
      adviseCascade(draft);
    }
  }

  private String dropped(int names) {
    List<RelationLock> locks = draft.analysis().locks();
    return locks.isEmpty()
        ? draft.name(names)
        : String.join(", ", locks.stream().map(RelationLock::relation).toList());
  }

  static void adviseCascade(EffectDraft draft) {
    draft.cascade();
    draft.advise(
        AdviceCode.CASCADE,
        "CASCADE drops whatever depends on it, foreign keys, views and columns among it",
        "drop what depends on it by name first");
  }

  private void alter() {
    int name = tokens.after(draft.next(), "if", "exists");
    int action = tokens.nameEnd(name);
    String object = draft.name(name);
    if (tokens.areWords(action, "rename", "to")) {
      renamed(draft, kind, object, draft.name(action + 2));
    } else if (tokens.areWords(action, "set", "schema")) {
      moved(draft, kind, object);
    } else if (kind.equals("TYPE") && tokens.areWords(action, "add", "value")) {
      addValue(action + 2);
    } else if (kind.equals("TYPE") && tokens.areWords(action, "rename", "value")) {
      adviseRename(draft, tokens.written(action + 2, action + 3));
      draft.undo(Reversal.byHand("by renaming it back"));
    } else if (kind.equals("DOMAIN") && addsConstraint(action)) {
      domainConstraint(object, action);
    } else {
      draft.undo(Reversal.byHand("by setting what was set before"));
    }
  }

  private boolean addsConstraint(int action) {
    return tokens.isWord(action, "add")
        || tokens.areWords(action, "set", "not")
        || tokens.areWords(action, "validate", "constraint");
  }

  private void domainConstraint(String domain, int action) {
    String alter = "ALTER DOMAIN " + domain;
    boolean validates = tokens.isWord(action, "validate");
    if (validates) {
      draft.undo(Reversal.nothing());
    } else if (tokens.isWord(action, "set")) {
      draft.undo(Reversal.by(alter + " DROP NOT NULL"));
    } else {
      draft.undo(
          tokens.areWords(action, "add", "constraint")
              ? Reversal.by(alter + " DROP CONSTRAINT " + draft.name(action + 2))
              : Reversal.byHand("by dropping the constraint, under the name the server gives it"));
    }
    if (validates || tokens.find(action, "valid") < 0) {
      draft.advise(
          AdviceCode.DOMAIN_CONSTRAINT,
          "checks every row of every table with a column of "
              + domain
              + ", and nobody can write to them meanwhile",
          validates ? null : "ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT");
    }
  }

  private void addValue(int at) {
    draft.undo(new Reversal(Reversal.Kind.IMPOSSIBLE, "an enum keeps its values"));
    if (draft.context().block() == StatementContext.Block.SHARED) {
      draft.advise(
          AdviceCode.ENUM_VALUE,
          "the new value cannot be used before the transaction has committed",
          "a transaction of its own");
    }
    if (tokens.find(at, "before") < 0 && tokens.find(at, "after") < 0) {
      draft.advise(
          AdviceCode.ENUM_VALUE_ORDER,
          "sorts the value after all others",
          "BEFORE or AFTER a value");
    }
  }

  static void renamed(EffectDraft draft, String kind, String object, String to) {
    int dot = object.lastIndexOf('.');
    String schema = object.substring(0, dot + 1);
    draft.undo(
        Reversal.by(
            "ALTER " + kind + " " + schema + to + " RENAME TO " + object.substring(dot + 1)));
    if (!kind.equals("INDEX") && !kind.equals("CONSTRAINT")) {
      adviseRename(draft, object);
    }
  }

  static void moved(EffectDraft draft, String kind, String object) {
    int dot = object.lastIndexOf('.');
    draft.undo(
        dot < 0
            ? Reversal.byHand("by SET SCHEMA back")
            : Reversal.by("ALTER " + kind + " … SET SCHEMA " + object.substring(0, dot)));
    adviseRename(draft, object);
  }

  static void adviseRename(EffectDraft draft, String what) {
    draft.advise(
        AdviceCode.RENAMES,
        "statements that say " + what + " fail from the commit on, and programs that are running",
        "a view, or a second column or table that is written along, until nobody uses the old name");
  }

  private void other() {
    switch (draft.tag()) {
      case "GRANT" -> draft.undo(Reversal.byHand("by REVOKE of what was not granted before"));
      case "REVOKE" -> draft.undo(Reversal.byHand("by GRANT of what was granted before"));
      case "COMMENT", "SECURITY LABEL" -> draft.undo(Reversal.byHand("by the old text"));
      case "SET", "RESET", "LISTEN", "UNLISTEN", "CHECKPOINT", "DISCARD ALL", "PREPARE" ->
          draft.undo(Reversal.nothing());
      default -> {}
    }
  }

  /** PostgreSQL cuts longer names off, with no more than a NOTICE. */
  static void checkLength(EffectDraft draft, int name) {
    String written = draft.name(name);
    for (String part : QualifiedName.parts(written)) {
      if (part.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 63) {
        draft.advise(
            AdviceCode.NAME_TOO_LONG,
            "PostgreSQL cuts " + part + " off after 63 bytes",
            "a shorter name");
      }
    }
  }
}
