package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The names in a statement, and whether these are all. */
class SqlNamesTest {

  @Test
  void namesAreAsTheCatalogsKeepThem() {
    SqlNames names = SqlNames.of("SELECT A.b, \"C\"\"d\".F /* x */ (1) FROM g WHERE h #= -1");
    assertThat(names.names()).contains("a", "b", "C\"d", "f", "g", "h").doesNotContain("x");
    assertThat(names.callable()).containsExactlyInAnyOrder("b", "f");
    assertThat(names.operators()).containsExactlyInAnyOrder("#=", "-");
    assertThat(names.certain()).isTrue();
  }

  @Test
  void longNamesAreCut() {
    assertThat(SqlNames.of("SELECT " + "x".repeat(70)).names()).contains("x".repeat(63));
  }

  @Test
  void whatMayHideANameIsNotCertain() {
    assertThat(SqlNames.of("SELECT U&\"\\0074rip\"()").certain()).isFalse();
    assertThat(SqlNames.of("SELECT \u00c4(1)").certain()).isFalse();
    assertThat(SqlNames.of("SELECT \"\u00c4\"(1)").certain()).isTrue();
    assertThat(SqlNames.of("SELECT 1FROM t").certain()).isFalse();
    assertThat(SqlNames.of("SELECT 1e5, .5, 0x1F, 1_000").certain()).isTrue();
    assertThat(SqlNames.of("SELECT 1 " + "*".repeat(30) + " 2").certain()).isFalse();
    assertThat(SqlNames.of("SELECT {1}").certain()).isFalse();
  }
}
