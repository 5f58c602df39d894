package dev.pgrunbook.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {

  private static final Map<String, Value> VALUES =
      Map.of(
          "table", Value.text("public.\"Person\""),
          "nothing", Value.none(),
          "password", new SecretValue("hunter2"),
          "number", new DoubleValue(1),
          "numeric", new DecimalValue(new BigDecimal("1.50")),
          "row", new RowValue(Map.of("secret", new SecretValue("hunter2"))),
          "list", new ListValue(List.of(Value.integer(1), Value.text("a"))));

  private static TextTemplate parse(String text) {
    Validated<TextTemplate> parsed = TextTemplate.parse(SourceText.of("<test>", text));
    assertThat(parsed.diagnostics()).isEmpty();
    return Objects.requireNonNull(parsed.orNull());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          plain                       | plain
          §§                          | §§
          ${table} is truncated       | public."Person" is truncated
          a${nothing}b                | ab
          ${password}, ${'p' + password} | ***, ***
          ${number} ${numeric}        | 1.0 1.50
          ${list} ${row}              | [1,"a"] {"secret":"***"}
          $5, $$, ${'}'} $ {          | $5, $$, } $ {
          $${table} and ${table}      | ${table} and public."Person"
          ${ size(list) > 1 ? 'many' : "one" } | many
          ${r'\\'}                    | \\
          """)
  void fills(String text, String expected) {
    assertThat(parse(text).fill(VALUES::get)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          a ${table  | 3-4 text-template "${" is not closed
          ${}        | 3-2 expression-syntax an expression is missing
          ${a ${b}   | 5-5 expression-syntax "$" means nothing in an expression
          ${it's} x  | 5-6 expression-syntax this text is not closed
          """)
  void mistakesAreToldWithTheirColumns(String text, String expected) {
    Validated<TextTemplate> parsed = TextTemplate.parse(SourceText.of("<test>", text));
    assertThat(parsed.isValid()).isFalse();
    assertThat(parsed.diagnostics()).extracting(TextTemplateTest::told).containsExactly(expected);
  }

  private static String told(Diagnostic diagnostic) {
    var span = Objects.requireNonNull(diagnostic.span());
    String columns = (span.start() + 1) + "-" + span.end();
    return columns + " " + diagnostic.code() + " " + diagnostic.message();
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    SourceText text = SourceText.of("<test>", "${a +} ${)} ${c");
    assertThat(TextTemplate.parse(text).diagnostics()).hasSize(3);
  }

  @Test
  void namesAreCheckedWhereTheyStand() {
    SourceText text = SourceText.of("<test>", "x ${tabel} ${nme}");
    TextTemplate template = Objects.requireNonNull(TextTemplate.parse(text).orNull());
    TypeScope scope = TypeScope.of(Map.of("table", Type.STRING, "name", Type.STRING));
    assertThat(template.check(scope, text))
        .extracting(TextTemplateTest::told)
        .containsExactly(
            "5-9 unknown-name unknown name \"tabel\"", "14-16 unknown-name unknown name \"nme\"");
  }

  @Test
  void plainIsWhatNeedsNoValue() {
    assertThat(parse("a $${b}").isPlain()).isTrue();
    assertThat(parse("a ${b}").isPlain()).isFalse();
  }

  @Test
  void referencesAndEquality() {
    assertThat(parse("${a.b} ${c}").references())
        .extracting(Reference::text)
        .containsExactly("a.b", "c");
    assertThat(parse("a ${b}")).isEqualTo(parse("a ${b}")).isNotEqualTo(parse("a ${c}"));
  }
}
