package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SqlStateTest {

  private final SqlState table = SqlState.table();

  @Test
  void knowsConditionsBothWays() {
    assertThat(table.codes("lock_not_available")).containsExactly("55P03");
    assertThat(table.condition("55P03")).isEqualTo("lock_not_available");
    assertThat(table.codes("transaction_timeout")).containsExactly("25P04");
    assertThat(table.codes("null_value_not_allowed")).containsExactly("22004", "39004");
    assertThat(table.codes("nonsense")).isEmpty();
    assertThat(table.condition("ZZZZZ")).isNull();
    assertThat(table.conditions()).hasSize(258).contains("internal_error", "file_name_too_long");
  }

  @Test
  void aClassTakesInItsConditions() {
    assertThat(table.matches("data_exception", "22012")).isTrue();
    assertThat(table.matches("division_by_zero", "22012")).isTrue();
    assertThat(table.matches("division_by_zero", "22000")).isFalse();
    assertThat(table.matches("integrity_constraint_violation", "22012")).isFalse();
  }
}
