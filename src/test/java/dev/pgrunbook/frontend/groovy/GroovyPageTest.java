package dev.pgrunbook.frontend.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.language.StepKind;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.Validated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page about the language says of Groovy is what the front end has. */
class GroovyPageTest {

  @Test
  void theListedMethodsAreThoseThatThereAre() throws IOException {
    assertThat(listed("a text")).containsExactlyElementsOf(TextMethods.NAMES);
    assertThat(listed("a list")).containsExactlyElementsOf(ListMethods.NAMES);
    assertThat(listed("a map")).containsExactlyElementsOf(MapMethods.NAMES);
    assertThat(listed("a number")).containsExactlyElementsOf(NumberMethods.NAMES);
  }

  private static List<String> listed(String of) throws IOException {
    String row = between(section(), "\n| " + of + " | ", "\n");
    return Pattern.compile("`(\\w+)`")
        .matcher(row)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void theLimitsAreThere() throws IOException {
    String limits = between(section(), "\n| at most | |\n", "\n\n");
    for (long limit :
        List.of(
            (long) GroovyLimits.TOKENS,
            (long) GroovyLimits.STATEMENT_TOKENS,
            (long) GroovyLimits.OPERATORS,
            (long) GroovyLimits.ASSIGNMENTS,
            (long) GroovyLimits.NESTING,
            GroovyLimits.STEPS,
            (long) GroovyLimits.ITERATIONS,
            (long) GroovyLimits.CALLS,
            (long) GroovyLimits.TEXT_LENGTH,
            (long) GroovyLimits.ELEMENTS,
            (long) GroovyLimits.DIGITS,
            (long) GroovyLimits.RUNBOOK_STEPS)) {
      assertThat(limits)
          .containsPattern("[ |]" + String.format(Locale.ROOT, "%,d", limit) + "[; ]");
    }
    assertThat(limits).contains(GroovyLimits.READING_TIME / 1e9 + " s");
  }

  @Test
  void theOperatorsAndTheWordsOfKindsAreThere() throws IOException {
    String section = section();
    for (String operator : ExpressionAdmission.OPERATORS) {
      String shown = operator.endsWith("[") ? operator + "]" : operator;
      assertThat(section).contains("`" + shown + "`");
    }
    for (StepKind kind : StepKind.supported()) {
      assertThat(section).contains("`" + kind.key());
    }
  }

  @Test
  void theExampleCanBeRead() throws IOException {
    String example = between(section(), "```groovy\n", "\n```");
    Validated<?> tree = GroovyReader.read(new SourceFile("example.groovy", example));
    assertThat(tree.diagnostics()).isEmpty();
    assertThat(tree.isValid()).isTrue();
  }

  private static String section() throws IOException {
    String page = Files.readString(Path.of("src/docs/language.md"));
    return page.substring(page.indexOf("\n## Groovy\n")) + "\n";
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before);
    assertThat(start).as(before).isNotNegative();
    return text.substring(start + before.length(), text.indexOf(after, start + before.length()));
  }
}
