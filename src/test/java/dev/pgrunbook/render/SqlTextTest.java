package dev.pgrunbook.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {

  @Test
  void onlyLongStringConstantsAreCut() {
    String rows = "'[" + "{\"a\": 1}, ".repeat(40) + "{}]'";
    String sql = "SELECT 'short' AS a FROM jsonb_to_recordset(" + rows + "::jsonb) -- 'a comment'";

    assertThat(SqlText.abridged(sql))
        .isEqualTo(
            "SELECT 'short' AS a FROM jsonb_to_recordset("
                + rows.substring(0, 64)
                + "…' /* 406 characters */::jsonb) -- 'a comment'");
  }

  @Test
  void whatHasNoLongConstantStaysAsItIs() {
    String sql = "SELECT '" + "a".repeat(100) + "', \"" + "b".repeat(300) + "\"";

    assertThat(SqlText.abridged(sql)).isEqualTo(sql);
  }
}
