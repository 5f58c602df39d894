package dev.pgrunbook.inspect.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.StatementContext;
import dev.pgrunbook.sql.StatementContext.Block;
import dev.pgrunbook.sql.StatementEffects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectedEffectsTest {

  private static List<String> advice(String sql, int version, @Nullable Long rows) {
    CatalogFacts facts = new CatalogFacts(version, true, Map.of(), Map.of(), Map.of());
    StatementEffects effects = StatementEffects.of(sql, StatementContext.in(Block.NONE));
    return ConnectedEffects.of(effects, facts, rows).advice().stream()
        .map(Advice::code)
        .map(code -> code.code())
        .toList();
  }

  @Test
  void serversThatLeaveRowsOutOfIndexesAreWarnedOf() {
    String code = "concurrent-index-corruption";
    assertThat(advice("CREATE INDEX CONCURRENTLY i ON t (a)", 140003, null)).contains(code);
    assertThat(advice("REINDEX TABLE CONCURRENTLY t", 140000, null)).contains(code);
    assertThat(advice("CREATE INDEX CONCURRENTLY i ON t (a)", 140004, null)).doesNotContain(code);
    assertThat(advice("CREATE INDEX i ON t (a)", 140000, null)).doesNotContain(code);
    assertThat(advice("CREATE INDEX CONCURRENTLY i ON t (a)", 130009, null)).doesNotContain(code);
  }

  @Test
  void manyRowsInOneTransactionAreToldOnce() {
    assertThat(advice("DELETE FROM t WHERE a", 150000, 100_000L)).contains("many-rows");
    assertThat(advice("DELETE FROM t WHERE a", 150000, 99_999L)).doesNotContain("many-rows");
    assertThat(advice("DELETE FROM t", 150000, 1_000_000L))
        .contains("every-row")
        .doesNotContain("many-rows");
    assertThat(advice("INSERT INTO t SELECT a FROM u", 150000, 1_000_000L))
        .doesNotContain("many-rows");
  }
}
