package dev.pgrunbook.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  private static final TypeScope TYPES =
      TypeScope.of(
          Map.of(
              "status", Type.STRING,
              "done", Type.INT,
              "total", Type.DOUBLE,
              "ready", Type.BOOL,
              "tables", Type.list(Type.STRING),
              "indexes", Type.list(Type.row(Map.of("schema", Type.STRING, "size", Type.INT))),
              "publisher", Type.openRow(),
              "column", Type.DYNAMIC));

  private static final Map<String, Value> VALUES =
      Map.of(
          "status", Value.text("r"),
          "done", Value.integer(5),
          "total", new DecimalValue(new BigDecimal("10.50")),
          "nothing", Value.none(),
          "password", new SecretValue("hunter2"),
          "row", new RowValue(Map.of("schema", Value.text("public"), "Odd name", Value.integer(1))),
          "rows", new ListValue(List.of(new RowValue(Map.of("n", Value.integer(1))))));

  private static SourceText text(String expression) {
    return SourceText.of("<test>", expression);
  }

  private static Expression parse(String expression) {
    Validated<Expression> parsed = Expression.parse(text(expression));
    assertThat(parsed.diagnostics()).isEmpty();
    return Objects.requireNonNull(parsed.orNull());
  }

  /** Returns {@code columns code: message [hint]}, the columns from one, the last one included. */
  private static String told(Diagnostic diagnostic) {
    SourceSpan span = Objects.requireNonNull(diagnostic.span());
    String hint = diagnostic.hint() == null ? "" : " [" + diagnostic.hint() + "]";
    String columns = (span.start() + 1) + "-" + span.end();
    return columns + " " + diagnostic.code() + ": " + diagnostic.message() + hint;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          §§                | 1-0 expression-syntax: an expression is missing [write a name, such as status]
          status ==         | 10-9 expression-syntax: expected a value, not the end
          status = 'r'      | 8-8 expression-syntax: "=" means nothing in an expression [write == to compare]
          done > 1 and ready | 10-12 expression-syntax: the expression should end before "and" [write && for "and"]
          done <> total     | 7-7 expression-syntax: expected a value, not ">" [write != for "not equal"]
          not ready         | 5-9 expression-syntax: the expression should end before "ready" [write ! for "not"]
          status is null    | 8-9 expression-syntax: the expression should end before "is" [write == null or != null]
          :status == 'r'    | 1-1 expression-syntax: expected a value, not ":" [names are written bare in an expression: name, not :name]
          (done             | 6-5 expression-syntax: expected ")", not the end
          tables[0          | 9-8 expression-syntax: expected "]", not the end
          [1, 2             | 6-5 expression-syntax: expected "," or "]", not the end
          ready ? 1         | 10-9 expression-syntax: expected ":" and the value otherwise, not the end
          a ? b ? 1 : 2 : 3 | 7-7 expression-syntax: expected ":" and the value otherwise, not "?"
          status == 'r      | 11-12 expression-syntax: this text is not closed [it ends at the next ' on the same line; \\n is a line end]
          'a\\d'            | 3-4 expression-syntax: "\\d" is no escape of a text [write \\\\ for a backslash, or r'…' for a text without escapes]
          '\\uD800'         | 2-7 expression-syntax: "\\uD800" is no escape of a text [write \\\\ for a backslash, or r'…' for a text without escapes]
          9223372036854775808 | 1-19 expression-syntax: 9223372036854775808 does not fit into 64 bits [write it with a fraction, as in 1.0, for a decimal number]
          1u                | 1-2 expression-syntax: "1u" is not a number
          namespace == 'a'  | 1-9 expression-syntax: "namespace" is a reserved word and names no variable [give the column another name with AS]
          row.in            | 5-6 expression-syntax: expected the name of a member after ".", not "in" [a member with another name is written row['Odd name']]
          tables.sise() > 1 | 8-11 unknown-function: unknown function "sise" [did you mean "size"?]
          exists(tables)    | 1-6 unknown-function: unknown function "exists" [there are size, startsWith, endsWith, contains, matches, string, int, double]
          startsWith(status, 'a') | 1-10 expression-type: "startsWith" is not called like this [write x.startsWith('…')]
          size(1, 2)        | 1-4 expression-type: "size" does not take 2 arguments [write x.size()]
          """)
  void syntaxIsToldWithItsColumns(String expression, String expected) {
    List<Diagnostic> diagnostics = Expression.parse(text(expression)).diagnostics();
    assertThat(diagnostics).extracting(ExpressionTest::told).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          staus == 'r'      | 1-5 unknown-name: unknown name "staus" [did you mean "status"?]
          indexes[0].shema  | 12-16 unknown-member: the row has no "shema" [did you mean "schema"?]
          indexes[0]['sise'] | 12-17 unknown-member: the row has no "sise" [did you mean "size"?]
          indexes.schema    | 9-14 unknown-member: a list has no member "schema" [take one row of it first: rows[0].schema]
          status.length     | 8-13 unknown-member: a text has no member "length"
          done / total      | 1-12 expression-type: cannot divide an integer by a decimal number [write double(…) around the integer]
          'n: ' + done      | 1-12 expression-type: cannot add an integer to a text [write string(…) around the number]
          total % 2.0       | 1-11 expression-type: cannot take the remainder of a decimal number by a decimal number [% takes integers; int(x) cuts the fraction off]
          done == 'r'       | 1-11 expression-type: cannot compare an integer with a text [write int(…) or double(…) around the text]
          tables < tables   | 1-15 expression-type: cannot compare a list with a list
          'a' in status     | 1-13 expression-type: "in" looks into a list or a row, not a text [write text.contains('…')]
          1 in tables       | 1-11 expression-type: cannot look for an integer in a list of other things
          done && ready     | 1-4 expression-type: "&&" takes booleans, not an integer
          !status           | 2-7 expression-type: "!" takes booleans, not a text
          -status           | 2-7 expression-type: cannot negate a text
          done.contains('1') | 1-4 expression-type: "contains" takes texts, not an integer
          int(tables)       | 5-10 expression-type: "int" takes a number or a text, not a list
          tables['a']       | 8-10 expression-type: cannot take the element at a text of a list [elements count from 0]
          ready ? 1 : 'a'   | 1-15 expression-type: "? :" gives an integer or a text; both must be of one type [write int(…) or double(…) around the text]
          status.matches('(') | 16-18 expression-type: the pattern is wrong: missing closing ) [patterns are written as RE2 has them, without back references and lookaround]
          """)
  void namesAndTypesAreToldWithTheirColumns(String expression, String expected) {
    List<Diagnostic> diagnostics = parse(expression).check(TYPES, text(expression));
    assertThat(diagnostics).extracting(ExpressionTest::told).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status == null || done != null",
        "done < total && done == 5.0",
        "publisher.total + 1 > column",
        "indexes[0].schema in tables",
        "publisher['Odd name'] == 1",
        "ready ? null : 1",
        "[1, 'a'][0] == column",
        "size(tables) * 2 == indexes.size()"
      })
  void whatMayBeRightIsAccepted(String expression) {
    assertThat(parse(expression).check(TYPES, text(expression))).isEmpty();
  }

  @Test
  void everyWrongNameIsToldAtOnce() {
    String expression = "staus == 'r' && dne > 1";
    assertThat(parse(expression).check(TYPES, text(expression)))
        .extracting(ExpressionTest::told)
        .containsExactly(
            "1-5 unknown-name: unknown name \"staus\" [did you mean \"status\"?]",
            "17-19 unknown-name: unknown name \"dne\" [did you mean \"done\"?]");
  }

  @Test
  void theTypeOfTheWholeIsChecked() {
    Expression status = parse("status");
    assertThat(status.check(TYPES, text("status"), Type.BOOL, "\"until\""))
        .extracting(ExpressionTest::told)
        .containsExactly("1-6 expression-type: \"until\" must be true or false, not a text");
    assertThat(status.check(TYPES, text("status"), Type.NUMBER))
        .extracting(ExpressionTest::told)
        .containsExactly("1-6 expression-type: the expression must be a number, not a text");
    assertThat(status.check(TYPES, text("status"), Type.STRING)).isEmpty();
    assertThat(parse("total").check(TYPES, text("total"), Type.NUMBER)).isEmpty();
    assertThat(parse("column").check(TYPES, text("column"), Type.BOOL)).isEmpty();
    assertThat(parse("null").check(TYPES, text("null"), Type.BOOL)).isEmpty();
  }

  @Test
  void placesPointIntoTheFile() {
    SourceText file = SourceText.of("a.yaml", "until: 'staus == 1'");
    SourceText scalar = file.slice(8, 18);
    Diagnostic diagnostic =
        Objects.requireNonNull(Expression.parse(scalar).orNull()).check(TYPES, scalar).get(0);
    assertThat(Objects.requireNonNull(diagnostic.span()).location()).isEqualTo("a.yaml:1:9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          nothing < 1 ; false
          nothing >= nothing ; false
          nothing == null ; true
          total > 10 ; true
          total == 10.5 ; true
          row['Odd name'] == 1 ; true
          'schema' in row ; true
          password == 'hunter2' ; true
          (1 / 0 > 0) && false ; false
          (1 / 0 > 0) || true ; true
          7 / 2 == 3 ; true
          '\\u00e9\\U0001F600'.size() == 2 ; true
          """)
  void evaluates(String expression, boolean expected) {
    assertThat(parse(expression).evaluate(VALUES::get)).isEqualTo(Value.bool(expected));
    assertThat(parse(expression).isTrue(VALUES::get)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          1 + nothing             | 2  | true  | cannot add null to an integer
          nothing && true         | 8  | true  | "&&" takes booleans, not null
          nothing.a               | 8  | true  | null has no member "a"
          size(nothing)           | 0  | true  | "size" takes a text, a list or a row, not null
          done / total            | 5  | false | cannot divide an integer by a decimal number
          row.shema               | 4  | false | the row has no "shema"
          rows.n                  | 5  | false | a list has no member "n"
          rows[1]                 | 5  | false | there is no element 1 in a list of 1
          unknown                 | 0  | false | unknown name "unknown"
          true && done / 0 > 1    | 13 | false | division by zero
          9223372036854775807 + 1 | 20 | false | the result does not fit into a 64-bit integer
          int('x')                | 0  | false | the text is not a 64-bit integer
          int(password)           | 0  | false | "int" takes a number or a text, not a secret
          """)
  void failuresSayWhatAndWhere(String text, int offset, boolean byNull, String sentence) {
    Expression expression = parse(text);
    EvaluationException failure =
        catchThrowableOfType(EvaluationException.class, () -> expression.evaluate(VALUES::get));
    assertThat(failure.sentence()).isEqualTo(sentence);
    assertThat(failure.offset()).isEqualTo(offset);
    assertThat(failure.causedByNull()).isEqualTo(byNull);
    assertThat(failure.expression()).isEqualTo(text);
  }

  @Test
  void aFailureReadsAsOneSentence() {
    EvaluationException failure =
        catchThrowableOfType(
            EvaluationException.class, () -> parse("row.shema == 'a'").evaluate(VALUES::get));
    assertThat(failure)
        .hasMessage(
            "the row has no \"shema\", at character 5 of row.shema == 'a'"
                + " (did you mean \"schema\"?)");
  }

  @Test
  void nullIsNotTrueAndANumberIsNoTruth() {
    assertThat(parse("nothing").isTrue(VALUES::get)).isFalse();
    EvaluationException failure =
        catchThrowableOfType(EvaluationException.class, () -> parse("done").isTrue(VALUES::get));
    assertThat(failure.sentence()).isEqualTo("must be true or false, not an integer");
  }

  @Test
  void aNumericColumnKeepsItsDigitsUntilItIsComputedWith() {
    assertThat(parse("total").evaluate(VALUES::get))
        .isEqualTo(new DecimalValue(new BigDecimal("10.50")));
    assertThat(parse("total * 2.0").evaluate(VALUES::get)).isEqualTo(new Value.DoubleValue(21));
  }

  @Test
  void whatIsMadeOfASecretStaysASecret() {
    assertThat(parse("'x' + string(password)").evaluate(VALUES::get))
        .isEqualTo(new SecretValue("xhunter2"));
  }

  @Test
  void referencesAreTheNamesWithTheirMembers() {
    assertThat(parse("a.b['c'].d + size(e) > rows[i].n ? f : a.b['c'].d").references())
        .extracting(Reference::text)
        .containsExactly("a.b.c.d", "e", "i", "rows", "f");
  }

  @Test
  void equalityIsByText() {
    assertThat(parse("a == 1")).isEqualTo(parse("a == 1")).hasSameHashCodeAs(parse("a == 1"));
    assertThat(parse("a == 1")).isNotEqualTo(parse("a == 2"));
  }

  @Test
  void depthSizeAndLengthAreBounded() {
    assertThat(parse("(".repeat(63) + "1" + ")".repeat(63)).evaluate(VALUES::get))
        .isEqualTo(Value.integer(1));
    assertThat(refusal("(".repeat(64) + "1" + ")".repeat(64)))
        .isEqualTo("the expression is nested more than 64 deep");
    assertThat(refusal("[".repeat(5000))).isEqualTo("the expression is nested more than 64 deep");
    assertThat(parse("1" + "+1".repeat(499)).evaluate(VALUES::get)).isEqualTo(Value.integer(500));
    assertThat(refusal("1" + "+1".repeat(500)))
        .isEqualTo("the expression has more than 1000 parts");
    assertThat(refusal("'" + "a".repeat(10_000) + "'"))
        .isEqualTo("the expression is longer than 10000 characters");
    assertThat(parse("-".repeat(9_000) + "1").evaluate(VALUES::get)).isEqualTo(Value.integer(1));
  }

  private static String refusal(String expression) {
    return Expression.parse(text(expression)).diagnostics().get(0).message();
  }

  @Test
  @Timeout(10)
  void aPatternCannotHang() {
    Map<String, Value> values = Map.of("s", Value.text("a".repeat(50_000) + "!"));
    assertThat(parse("s.matches('^(a+)+$')").isTrue(values::get)).isFalse();
  }

  @Timeout(10)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{100}){100}){100}",
        "((((a{1000}){1000}){1000}){1000}){1000}",
        "(\\\\Q\\\\E)a{2}"
      })
  void aPatternCannotGrowWithoutBound(String pattern) {
    String expression = "status.matches('" + pattern + "')";
    assertThat(parse(expression).check(TYPES, text(expression)))
        .extracting(Diagnostic::code)
        .containsExactly("expression-type");
  }

  @Test
  void aDeeplyNestedPatternIsRefusedOrRead() {
    Map<String, Value> values = Map.of("p", Value.text("(".repeat(249) + "a" + ")".repeat(249)));
    assertThat(parse("'a'.matches(p)").isTrue(values::get)).isTrue();
  }
}
