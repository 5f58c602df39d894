package dev.pgrunbook.sql;

import static dev.pgrunbook.sql.Work.Kind.REWRITTEN;
import static dev.pgrunbook.sql.Work.Kind.SCANNED;

import dev.pgrunbook.sql.AlterTable.Action;
import dev.pgrunbook.sql.BuiltInFunctions.Volatility;
import dev.pgrunbook.sql.FunctionCalls.Call;
import java.util.Locale;
import java.util.Set;

/** The effects of ADD COLUMN. */
final class AddColumnEffects {

  /** PostgreSQL's own types of common use: none is a domain. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "text",
          "varchar",
          "character",
          "char",
          "bpchar",
          "int",
          "integer",
          "int2",
          "int4",
          "int8",
          "smallint",
          "bigint",
          "serial",
          "bigserial",
          "smallserial",
          "boolean",
          "bool",
          "numeric",
          "decimal",
          "real",
          "double",
          "float",
          "float4",
          "float8",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "interval",
          "uuid",
          "json",
          "jsonb",
          "bytea",
          "inet",
          "cidr",
          "money",
          "xml",
          "oid",
          "name",
          "tsvector",
          "bit",
          "varbit",
          "point",
          "regclass",
          "int4range",
          "int8range",
          "tstzrange",
          "daterange",
          "numrange",
          "tsrange");

  private final EffectDraft draft;
  private final StatementTokens tokens;
  private final String table;

  AddColumnEffects(EffectDraft draft, String table) {
    this.draft = draft;
    this.tokens = draft.tokens();
    this.table = table;
  }

  void add(Action action) {
    int name = tokens.after(action.start() + 1, "column");
    name = tokens.after(name, "if", "not", "exists");
    ColumnDefinition column = ColumnDefinition.read(tokens, name, action.end());
    draft.undo(Reversal.by("ALTER TABLE " + table + " DROP COLUMN " + column.column()));
    ColumnAdvice.add(draft, column, column.isPrimaryKey());
    values(column);
    constraints(column);
  }

  private void values(ColumnDefinition column) {
    String name = column.column();
    if (column.isSerial() || column.isIdentity()) {
      rewrites("every row gets its number", "the column without it, numbers in batches, then it");
    } else if (column.isStored()) {
      rewrites("the value of every row is computed", "a plain column that a trigger fills");
    } else if (column.has("default")) {
      defaults(column);
    } else if (column.isNotNull() && column.find("generated") < 0) {
      draft.work(table, Work.certain(SCANNED));
      draft.advise(
          AdviceCode.ADD_REQUIRED_COLUMN,
          "fails when " + table + " has a row: " + name + " would be null in it",
          "a DEFAULT, or the column without NOT NULL first");
    }
    if (!isBuiltIn(column.normalType())) {
      draft.work(table, new Work(REWRITTEN, new OpenQuestion.IsConstrainedDomain(column.type())));
    }
  }

  private static boolean isBuiltIn(String type) {
    String first = type.split("[ (\\[]", 2)[0].toLowerCase(Locale.ROOT);
    return BUILT_IN.contains(first);
  }

  private void rewrites(String why, String instead) {
    draft.work(table, Work.certain(REWRITTEN));
    draft.advise(
        AdviceCode.ADD_COLUMN_REWRITES,
        table + " is rewritten while nobody can read or write it: " + why,
        instead);
  }

  /** Since PostgreSQL 11 a default that is the same for all rows is kept beside the table. */
  private void defaults(ColumnDefinition column) {
    int from = column.find("default") + 1;
    int end = column.defaultEnd();
    for (Call call : FunctionCalls.in(tokens)) {
      if (call.open() > from && call.open() < end) {
        Volatility volatility = BuiltInFunctions.volatility(call.written());
        if (volatility == Volatility.VOLATILE) {
          rewrites(call.written() + "() is volatile, and called for each", later());
          return;
        }
        if (volatility == Volatility.NOT_KNOWN) {
          draft.work(table, new Work(REWRITTEN, new OpenQuestion.IsVolatile(call.written())));
          draft.advise(
              AdviceCode.ADD_COLUMN_REWRITES,
              table
                  + " is rewritten while nobody can read or write it if "
                  + call.written()
                  + "() is volatile",
              later());
        }
      }
    }
  }

  private static String later() {
    return "ADD COLUMN without it, SET DEFAULT, then UPDATE in batches";
  }

  private void constraints(ColumnDefinition column) {
    int references = column.find("references");
    if (references >= 0) {
      String other = draft.name(references + 1);
      boolean filled = column.has("default");
      if (filled) {
        draft.work(table, Work.certain(SCANNED));
      }
      draft.advise(
          AdviceCode.FOREIGN_KEY_VALIDATED_AT_ONCE,
          "nobody can write to " + other + " until it commits" + (filled ? ", nor to rows" : ""),
          "the column first, then ADD FOREIGN KEY … NOT VALID and VALIDATE CONSTRAINT");
    }
    if (column.isPrimaryKey() || column.has("unique")) {
      draft.work(table, Work.certain(Work.Kind.INDEXED));
      draft.advise(
          AdviceCode.UNIQUE_WITHOUT_INDEX,
          "builds an index while nobody can read or write " + table,
          "the column, CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX");
    }
    if (column.has("check")) {
      draft.work(table, Work.certain(SCANNED));
      draft.advise(
          AdviceCode.CHECK_VALIDATED_AT_ONCE,
          "reads every row of " + table + " while nobody can read or write it",
          "ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT");
    }
  }
}
