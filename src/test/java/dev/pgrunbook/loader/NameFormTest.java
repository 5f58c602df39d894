package dev.pgrunbook.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.language.Shape;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.syntax.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Patterns that editors get admit the very names that the loader does. */
class NameFormTest {

  private static final String LETTERS = "aZ0-_/. é";

  @ParameterizedTest
  @EnumSource(Shape.Form.class)
  void theVocabularysPatternIsTheLoadersRule(Shape.Form form) {
    NameForm rule = NameForm.valueOf(form.name());
    List<String> samples =
        new ArrayList<>(List.of("", "in", "true", "false", "null", "inn", "size"));
    for (int length = 1; length <= 4; length++) {
      add("", length, samples);
    }
    for (String sample : samples) {
      boolean accepted = !rule.refuses(scalar(sample), "anything", new Findings());
      assertThat(sample.matches(form.pattern())).as("%s: \"%s\"", form, sample).isEqualTo(accepted);
    }
  }

  private static void add(String start, int more, List<String> samples) {
    if (more == 0) {
      samples.add(start);
      return;
    }
    LETTERS.chars().forEach(letter -> add(start + (char) letter, more - 1, samples));
  }

  private static ScalarNode scalar(String text) {
    SourceFile file = new SourceFile("<name>", text);
    return new ScalarNode(
        file.span(0, text.length()), SourceText.of("<name>", text), ScalarNode.Style.TEXT);
  }
}
