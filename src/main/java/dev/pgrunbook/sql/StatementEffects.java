package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does to whom, whether that can be undone, and what to think of before it runs.
 *
 * <p>Made of the text alone; {@code inspect.effects} adds what a server knows.
 *
 * @param analysis what its text tells
 * @param relations the relations it locks, the strongest lock on each
 * @param changes the parts of relations that it changes or drops
 * @param cascades whether it says CASCADE
 * @param reach how far its locks reach to partitions
 * @param reversal how it is undone
 * @param advice what to think of, warnings first
 * @param touchedRows how many rows the server's planner expects it to touch; null when not asked
 */
public record StatementEffects(
    StatementAnalysis analysis,
    List<RelationEffect> relations,
    List<SchemaChange> changes,
    boolean cascades,
    PartitionReach reach,
    Reversal reversal,
    List<Advice> advice,
    @Nullable Long touchedRows) {

  public StatementEffects {
    Objects.requireNonNull(analysis);
    Objects.requireNonNull(reach);
    Objects.requireNonNull(reversal);
    relations = List.copyOf(relations);
    changes = List.copyOf(changes);
    advice = List.copyOf(advice);
  }

  /** Returns the effects of one finished statement. */
  public static StatementEffects of(String statement, StatementContext context) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", statement));
    return EffectReader.read(new StatementTokens(statement, script.tokens()), context);
  }

  /**
   * Returns the effects of statements that run one after the other; with {@link
   * StatementContext.Block#SHARED} in one transaction, which is thought of, too.
   */
  public static List<StatementEffects> ofAll(List<String> statements, StatementContext context) {
    return EffectSequence.of(statements.stream().map(one -> of(one, context)).toList(), context);
  }

  /** Returns these effects with what a server told. */
  public StatementEffects with(
      List<RelationEffect> known, List<Advice> advised, @Nullable Long rows) {
    return new StatementEffects(analysis, known, changes, cascades, reach, reversal, advised, rows);
  }

  /** Returns the effects that an analysis alone tells: its locks. */
  public static StatementEffects of(StatementAnalysis analysis) {
    return ofLocks(
        analysis,
        analysis.locks().stream()
            .map(lock -> RelationEffect.named(lock.relation(), lock, List.of()))
            .toList());
  }

  /** Returns the effects of nothing but some locks. */
  static StatementEffects ofLocks(StatementAnalysis analysis, List<RelationEffect> relations) {
    return new StatementEffects(
        analysis,
        relations,
        List.of(),
        false,
        PartitionReach.TOUCHED,
        Reversal.nothing(),
        List.of(),
        null);
  }
}
