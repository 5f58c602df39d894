package dev.pgrunbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterValueTest {

  @Test
  void textsBecomeValuesOfTheirType() {
    assertThat(parse("text", " a ")).isEqualTo(Value.text(" a "));
    assertThat(parse("integer", "+0777")).isEqualTo(Value.integer(777));
    assertThat(parse("integer", "-9223372036854775808")).isEqualTo(Value.integer(Long.MIN_VALUE));
    assertThat(parse("number", "1.50")).isEqualTo(new DecimalValue(new BigDecimal("1.50")));
    assertThat(parse("boolean", "On")).isEqualTo(Value.bool(true));
    assertThat(parse("date", "2024-02-29")).isEqualTo(Value.text("2024-02-29"));
    assertThat(parse("json", "{\"a\": [1, null]}")).isInstanceOf(Value.RowValue.class);
    assertThat(parse("secret", "hunter2")).isEqualTo(new SecretValue("hunter2"));
    assertThat(parse("identifier", "Person")).isEqualTo(Value.text("Person"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"person", "public.\"Person\"", "\"a.b\".\"c\"\"d\"", "öffentlich.x$1"})
  void tables(String name) {
    assertThat(parse("table", name)).isEqualTo(Value.text(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", "a.b.c", "\"\"", "\"a", "a b", "a;b", "1a", "a-b", "\"a\"b", "a."})
  void noTables(String name) {
    assertThat(parse("table", name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T22:00:00+01:00",
        "2026-01-31 22:00",
        "2026-01-31",
        "2026-01-31 22:00:00.123Z",
        "2026-01-31 22:00+02",
        "infinity"
      })
  void timestamps(String text) {
    assertThat(parse("timestamp", text)).isEqualTo(Value.text(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "2026-02-30", "2026-01-31 25:00", "0000-01-01", "22:00", "x"})
  void noTimestamps(String text) {
    assertThat(parse("timestamp", text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1 day 12 hours, 36 hours", "90 minutes, 01:30", "1 mon, 30 days", "P1DT2H, 26 hours",
    "-1 day, 1 day ago", "1h30m, 5400 s", "00:00:01.5, 1500 ms", "1 year, 12 months"
  })
  void intervalsOfOneLength(String one, String other) {
    int order = ParameterValue.compare(Base.INTERVAL, interval(one), interval(other));
    assertThat(order).isZero();
  }

  private static Value interval(String text) {
    return Objects.requireNonNull(parse("interval", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "", "day", "1 fortnight", "P", "PT", "P1H", "1 day x", "ago", "1:"})
  void noIntervals(String text) {
    assertThat(parse("interval", text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "integer, 1.5",
    "integer, ''",
    "integer, 9223372036854775808",
    "number, NaN",
    "number, 1e999999",
    "boolean, 2",
    "json, {a: 1}",
    "identifier, ''",
    "date, 2026-1-1"
  })
  void misfits(String type, String text) {
    assertThat(parse(type, text)).isNull();
  }

  @Test
  void listsTakeAnArrayOrOneItemOrSeveralTexts() {
    ListValue two = new ListValue(List.of(Value.text("a"), Value.text("\"B\"")));
    assertThat(parse("table[]", "[\"a\", \"\\\"B\\\"\"]")).isEqualTo(two);
    assertThat(parse("table[]", "a")).isEqualTo(new ListValue(List.of(Value.text("a"))));
    assertThat(parse("text[]", "[a")).isNull();
    Parameter tables = parameter("table[]", List.of(), null, null, null);
    assertThat(ParameterValue.parse(tables, List.of(text("a"), text("\"B\""))).orNull())
        .isEqualTo(two);
    Parameter one = parameter("table", List.of(), null, null, null);
    assertThat(ParameterValue.parse(one, List.of(text("a"), text("b"))).isValid()).isFalse();
  }

  @Test
  void choicesPatternsAndLimits() {
    Parameter choice =
        parameter("text", List.of(Value.text("wait"), Value.text("rebuild")), null, null, null);
    assertThat(problem(choice, "rebiuld").hint()).isEqualTo("did you mean \"rebuild\"?");
    assertThat(ParameterValue.parse(choice, text("wait")).isValid()).isTrue();
    Parameter pattern = parameter("text[]", List.of(), "[a-z]+", null, null);
    assertThat(problem(pattern, "ab1").message()).contains("does not match");
    assertThat(ParameterValue.parse(pattern, text("[\"a\", \"b\"]")).isValid()).isTrue();
    Parameter limits =
        parameter("date", List.of(), null, Value.text("2026-01-01"), Value.text("2026-12-31"));
    assertThat(problem(limits, "2025-12-31").message()).contains("less than the minimum");
    assertThat(problem(limits, "2027-01-01").message()).contains("more than the maximum");
    assertThat(ParameterValue.parse(limits, text("2026-12-31")).isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a)|(b", "(a", "(?=a)", "((a{1000}){1000}){1000}"})
  void noPatterns(String pattern) {
    assertThat(ParameterValue.patternProblem(pattern)).isNotNull();
  }

  @Test
  void aPatternIsForTheWholeText() {
    Parameter pattern = parameter("text", List.of(), "a|b", null, null);
    assertThat(ParameterValue.patternProblem("a|b")).isNull();
    assertThat(ParameterValue.parse(pattern, text("b")).isValid()).isTrue();
    assertThat(ParameterValue.parse(pattern, text("ab")).isValid()).isFalse();
    assertThat(ParameterValue.parse(pattern, text("b\n")).isValid()).isFalse();
    assertThat(ParameterValue.patternProblem("x".repeat(995))).isNotNull();
  }

  @Test
  void whatIsSaidOfASecretDoesNotTellIt() {
    Parameter secret = parameter("secret", List.of(), "[a-z]+", null, null);
    Diagnostic problem = problem(secret, "HUNTER2");
    assertThat(problem.span()).isNull();
    assertThat(problem.toString()).doesNotContain("HUNTER2");
  }

  private static Diagnostic problem(Parameter parameter, String text) {
    return ParameterValue.parse(parameter, text(text)).diagnostics().get(0);
  }

  private static Parameter parameter(
      String type,
      List<Value> choices,
      @Nullable String pattern,
      @Nullable Value minimum,
      @Nullable Value maximum) {
    return new Parameter(
        "p", type(type), false, null, choices, pattern, minimum, maximum, null, null);
  }

  private static @Nullable Value parse(String type, String text) {
    Validated<Value> parsed = ParameterValue.parse(type(type), text(text));
    return parsed.orNull();
  }

  private static ParameterType type(String word) {
    return Objects.requireNonNull(ParameterType.of(word));
  }

  private static SourceText text(String text) {
    return SourceText.of("<value>", text);
  }
}
