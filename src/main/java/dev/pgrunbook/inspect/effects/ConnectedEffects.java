package dev.pgrunbook.inspect.effects;

import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.AdviceCode;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.StatementEffects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The effects of a statement on a server whose catalog was read. Pure. */
public final class ConnectedEffects {

  private static final long MANY_ROWS = 100_000;

  private ConnectedEffects() {}

  /**
   * Returns the effects with sizes, with the open questions answered, with the relations that are
   * locked without being named, and with the advice that only the catalog gives.
   *
   * @param touchedRows how many rows the planner expects it to touch; null when not asked
   */
  public static StatementEffects of(
      StatementEffects effects, CatalogFacts facts, @Nullable Long touchedRows) {
    List<RelationEffect> relations = new RelationRefinement(effects, facts).relations();
    List<Advice> advice = new ArrayList<>(new ConnectedAdvice(effects, relations, facts).advice());
    addManyRows(advice, effects, touchedRows);
    advice.sort(Comparator.comparing(one -> one.code().level()));
    return effects.with(relations, advice, touchedRows);
  }

  private static void addManyRows(
      List<Advice> advice, StatementEffects effects, @Nullable Long touchedRows) {
    boolean changes =
        effects.analysis().command().equals("UPDATE")
            || effects.analysis().command().equals("DELETE");
    boolean told = advice.stream().anyMatch(one -> one.code() == AdviceCode.EVERY_ROW);
    if (changes && !told && touchedRows != null && touchedRows >= MANY_ROWS) {
      advice.add(
          new Advice(
              AdviceCode.MANY_ROWS,
              "locks about "
                  + String.format(Locale.ROOT, "%,d", touchedRows)
                  + " rows until the commit, and leaves as many dead versions",
              "batches of some thousand rows with a transaction each"));
    }
  }
}
