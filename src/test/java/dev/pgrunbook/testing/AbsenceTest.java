package dev.pgrunbook.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class AbsenceTest {

  @Test
  void whatCannotBeInstalledSkipsTheTest() {
    assertThatThrownBy(() -> Absence.report("this is how a skipped test looks", false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage("this is how a skipped test looks");
  }

  @Test
  void whatHasToBeThereFailsTheTest() {
    assertThatThrownBy(() -> Absence.report("it is not", true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("it is not");
  }
}
