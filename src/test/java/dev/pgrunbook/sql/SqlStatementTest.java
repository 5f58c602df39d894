package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.source.SourceText;
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

class SqlStatementTest {

  private static final Map<String, BoundValue> VALUES =
      Map.ofEntries(
          Map.entry("text", new BoundValue("text", Value.text("it's"))),
          Map.entry("path", new BoundValue("text", Value.text("C:\\'x"))),
          Map.entry("n", new BoundValue("int8", Value.integer(5))),
          Map.entry("minus", new BoundValue("int8", Value.integer(-5))),
          Map.entry("yes", new BoundValue("bool", Value.bool(true))),
          Map.entry("day", new BoundValue("date", Value.text("2026-01-31"))),
          Map.entry("half", new BoundValue("float8", new DoubleValue(0.5))),
          Map.entry("price", new BoundValue("numeric", new DecimalValue(new BigDecimal("1.50")))),
          Map.entry("nothing", new BoundValue("text", Value.none())),
          Map.entry("password", new BoundValue("text", new SecretValue("hunter2"))),
          Map.entry("table", new BoundValue("regclass", Value.text("Public.\"Per.son\""))),
          Map.entry("odd", new BoundValue("regclass", Value.text("x; DROP TABLE \"y\""))),
          Map.entry("name", new BoundValue("text", Value.text("a \"b\".c"))),
          Map.entry("names", new BoundValue("text[]", texts("a", "B"))),
          Map.entry("tables", new BoundValue("text[]", texts("public.\"Person\"", "it's \\"))),
          Map.entry("none", new BoundValue("text[]", texts())),
          Map.entry("numbers", new BoundValue("int8[]", new ListValue(List.of(Value.integer(-1))))),
          Map.entry(
              "rows",
              new BoundValue(
                  "jsonb", new ListValue(List.of(new RowValue(Map.of("k", Value.text("v'\\"))))))));

  private static ListValue texts(String... texts) {
    return new ListValue(List.of(texts).stream().map(Value::text).toList());
  }

  private static final Bindings BINDINGS =
      placeholder -> Objects.requireNonNull(VALUES.get(placeholder.name()));

  private static SqlStatement statement(String sql) {
    SqlTemplate template = SqlTemplate.parse(SourceText.of("test.sql", sql)).orNull();
    return Objects.requireNonNull(template).statements().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT :text|SELECT 'it''s'",
        "SELECT :path|SELECT E'C:\\\\''x'",
        "SELECT :n, x -:n, x -:minus|SELECT 5, x -5, x -'-5'::int8",
        "LIMIT:n|LIMIT 5",
        "SELECT :yes, :day, :half, :price|SELECT true, '2026-01-31'::date, '0.5'::float8, 1.50",
        "SELECT :nothing, :'nothing'|SELECT NULL, NULL",
        "SELECT :password, :'password', :\"password\"|SELECT '***', '***', \"***\"",
        "ANY (:tables::regclass[])|ANY (ARRAY['public.\"Person\"', E'it''s \\\\']::text[]::regclass[])",
        "SELECT :none, :numbers[1]|SELECT ARRAY[]::text[], (ARRAY[-1]::int8[])[1]",
        "SELECT :rows|SELECT E'[{\"k\":\"v''\\\\\\\\\"}]'::jsonb",
        "SET x = :'n'|SET x = '5'",
        "SELECT :'tables'|SELECT E'{\"public.\\\\\"Person\\\\\"\",\"it''s \\\\\\\\\"}'",
        "TRUNCATE :\"table\"|TRUNCATE \"public\".\"Per.son\"",
        "TRUNCATE :\"odd\"|TRUNCATE \"x; DROP TABLE \"\"y\"\"\"",
        "TRUNCATE :\"name\", :\"names\"|TRUNCATE \"a \"\"b\"\".c\", \"a\", \"B\"",
        "SELECT ':n', $$:n$$, \":n\", a[1:n] -- :n|SELECT ':n', $$:n$$, \":n\", a[1:n] -- :n",
        "SELECT x ? 'a', :n|SELECT x ? 'a', 5",
      })
  void displayPastesIntoPsql(String template, String shown) {
    assertThat(statement(template).display(BINDINGS)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "SELECT :n, :text, :n→SELECT ?, ?, ?",
        "SELECT x ? 'a', x ?| :names, x @? :path, x ?& y→SELECT x ?? 'a', x ??| ?, x @?? ?, x ??& y",
        "SELECT '?', \"?\", $$?$$ /* ? */ -- ?→SELECT '?', \"?\", $$?$$ /* ? */ -- ?",
        "SELECT x ?:text→SELECT x ?? ?",
        "SELECT x LIMIT:n→SELECT x LIMIT ?",
        "ALTER ROLE x PASSWORD :'password'→ALTER ROLE x PASSWORD 'hunter2'",
        "DROP TABLE :\"table\"→DROP TABLE \"public\".\"Per.son\"",
        "COMMENT ON TABLE t IS :'path'→COMMENT ON TABLE t IS E'C:\\\\''x'",
      })
  void bindWritesForPgjdbc(String template, String text) {
    assertThat(statement(template).bind(BINDINGS).text()).isEqualTo(text);
  }

  @Test
  void bindKeepsValuesInOrder() {
    assertThat(statement("SELECT :n, :'text', :text, :n").bind(BINDINGS).values())
        .containsExactly(VALUES.get("n"), VALUES.get("text"), VALUES.get("n"));
  }

  @Test
  void generatedSqlKeepsItsQuestionMarksAndColons() {
    BoundSql bound = BoundSql.of("SELECT x ? ':a', :n, '?' -- ?");
    assertThat(bound.text()).isEqualTo("SELECT x ?? ':a', :n, '?' -- ?");
    assertThat(bound.values()).isEmpty();
  }

  @Test
  void secretsAreNotPrinted() {
    BoundSql bound = statement("SELECT :'password', :password").bind(BINDINGS);
    assertThat(bound.text()).contains("hunter2");
    assertThat(bound.toString()).doesNotContain("hunter2");
  }

  @Test
  void secondStatementsBindTheirOwnPlaceholders() {
    SqlTemplate template =
        Objects.requireNonNull(
            SqlTemplate.parse(SourceText.of("t", "SELECT :n; SELECT :text, :n")).orNull());
    SqlStatement second = template.statements().get(1);
    BoundSql bound = second.bind(BINDINGS);
    assertThat(bound.text()).isEqualTo("SELECT ?, ?");
    assertThat(bound.values()).containsExactly(VALUES.get("text"), VALUES.get("n"));
    assertThat(second.display(BINDINGS)).isEqualTo("SELECT 'it''s', 5");
  }

  @Test
  void aPlaceInWhatIsSentIsOneInWhatIsShown() {
    SqlTemplate template =
        Objects.requireNonNull(
            SqlTemplate.parse(SourceText.of("t", "SELECT :text, x ?| y, :n + wrong")).orNull());
    SqlStatement statement = template.statements().get(0);
    BoundSql bound = statement.bind(BINDINGS);
    String shown = statement.display(BINDINGS);
    assertThat(bound.text()).isEqualTo("SELECT ?, x ??| y, ? + wrong");
    assertThat(shown).isEqualTo("SELECT 'it''s', x ?| y, 5 + wrong");
    for (String word : List.of("SELECT", "x", "?| y", "y", "wrong")) {
      String sent = word.replace("?|", "??|");
      int position = bound.text().indexOf(sent) + 1;
      assertThat(bound.shownPosition(position, shown)).isEqualTo(shown.indexOf(word) + 1);
    }
    assertThat(bound.shownPosition(8, shown)).isEqualTo(8);
    assertThat(bound.shownPosition(1_000, shown)).isEqualTo(shown.length() + 1);

    BoundSql generated = BoundSql.of("SELECT '\uD83D\uDE00' ? wrong");
    assertThat(generated.shownPosition(15, "SELECT '\uD83D\uDE00' ? wrong")).isEqualTo(14);
  }

  @Test
  void nulNeverReachesTheWire() {
    assertThatThrownBy(() -> SqlLiterals.quote("a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SqlLiterals.identifier("a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inputIsWhatPostgresqlReads() {
    ListValue nested = new ListValue(List.of(texts("a"), texts("b,\"\\")));
    assertThat(SqlLiterals.input(nested, "text[]")).isEqualTo("{{\"a\"},{\"b,\\\"\\\\\"}}");
    assertThat(SqlLiterals.input(new ListValue(List.of(Value.none())), "text[]"))
        .isEqualTo("{NULL}");
    assertThat(SqlLiterals.input(new SecretValue("s"), "text")).isEqualTo("s");
    assertThat(SqlLiterals.input(Value.text("s"), "jsonb")).isEqualTo("\"s\"");
  }
}
