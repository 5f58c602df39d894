package dev.pgrunbook.sql;

import java.util.List;

/** Reads the effects of a statement, each family of commands in a class of its own. */
final class EffectReader {

  private EffectReader() {}

  static StatementEffects read(StatementTokens tokens, StatementContext context) {
    StatementAnalysis analysis = StatementAnalysis.of(tokens);
    if (tokens.size() == 0) {
      return StatementEffects.ofLocks(analysis, List.of());
    }
    if (analysis.command().equals("EXPLAIN")) {
      return explained(Explain.read(tokens), analysis, context);
    }
    EffectDraft draft = new EffectDraft(Command.read(tokens), tokens, context, analysis);
    add(draft);
    return draft.finish();
  }

  /** EXPLAIN alone takes the locks and does none of the work. */
  private static StatementEffects explained(
      Explain explain, StatementAnalysis analysis, StatementContext context) {
    StatementEffects inner = read(explain.statement(), context);
    if (explain.analyze()) {
      return new StatementEffects(
          analysis,
          inner.relations(),
          inner.changes(),
          inner.cascades(),
          inner.reach(),
          inner.reversal(),
          inner.advice(),
          null);
    }
    List<RelationEffect> relations =
        inner.relations().stream()
            .map(one -> RelationEffect.named(one.relation(), one.lock(), List.of()))
            .toList();
    return StatementEffects.ofLocks(analysis, relations);
  }

  private static void add(EffectDraft draft) {
    switch (draft.tag()) {
      case "CREATE INDEX",
          "CREATE INDEX CONCURRENTLY",
          "DROP INDEX",
          "DROP INDEX CONCURRENTLY",
          "ALTER INDEX",
          "REINDEX" ->
          IndexEffects.add(draft);
      case "ALTER TABLE" -> AlterTableEffects.add(draft);
      case "CREATE TABLE", "CREATE TABLE AS", "SELECT INTO" -> CreateTableEffects.add(draft);
      case "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "TRUNCATE TABLE",
          "COPY",
          "DECLARE CURSOR",
          "CALL",
          "DO",
          "EXECUTE" ->
          DataEffects.add(draft);
      case "VACUUM", "CLUSTER", "ANALYZE", "REFRESH MATERIALIZED VIEW", "LOCK TABLE" ->
          MaintenanceEffects.add(draft);
      default -> ObjectEffects.add(draft);
    }
    CallAdvice.add(draft);
    TransactionAdvice.add(draft);
  }
}
