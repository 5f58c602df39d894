package dev.pgrunbook.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RunbookRuleTest {

  @Test
  void everyRuleHasACaseThatBreaksIt() {
    Path cases = Path.of("src/test/resources/diagnostics");
    assertThat(RunbookRule.values())
        .allSatisfy(rule -> assertThat(Files.isDirectory(cases.resolve(rule.code()))).isTrue());
  }

  @Test
  void codesAreDistinctLowerCaseWords() {
    assertThat(Arrays.stream(RunbookRule.values()).map(RunbookRule::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
  }
}
