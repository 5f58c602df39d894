package dev.pgrunbook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.loader.LoadedRunbook;
import dev.pgrunbook.loader.RunbookLoader;
import dev.pgrunbook.loader.SourceResolver;
import dev.pgrunbook.model.Runbook;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.BoundSql;
import dev.pgrunbook.sql.BoundValue;
import dev.pgrunbook.sql.SqlTemplate;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which type a name is bound as, and what stands in its place. */
class RunScopeTest {

  private static final Value TABLE = Value.text("public.\"Odd name\"");

  private static Value nothingSaved(String name) {
    return Value.none();
  }

  /** Returns a runbook whose parameter {@code p} has a type, and which saves a few variables. */
  private static Runbook runbook(String type) {
    String text =
        """
        runbook: test/scope
        version: "1.0.0"
        title: Scope
        params: {p: {type: "TYPE"}}
        targets: {db: {}}
        steps:
          - {id: r, target: db, query: "SELECT 1 AS n", save: rows}
          - {id: c, target: db, query: "SELECT 1 AS n", save: {single: n}}
          - {id: m, manual: Read, ask: {asked: integer}}
          - {id: u, target: db, query: "SELECT :p, :rows, :single, :asked"}
        """
            .replace("TYPE", type);
    LoadedRunbook loaded =
        new RunbookLoader(new YamlFrontEnd())
            .load(new SourceFile("test.yaml", text), SourceResolver.none())
            .orNull();
    return Objects.requireNonNull(loaded).runbook();
  }

  private static BoundSql bind(String sql, RunScope scope) {
    SqlTemplate template = SqlTemplate.parse(SourceText.of("test", sql)).orNull();
    return Objects.requireNonNull(template).statements().get(0).bind(scope);
  }

  private static BoundValue bound(String sql, RunScope scope) {
    List<BoundValue> values = bind(sql, scope).values();
    assertThat(values).hasSize(1);
    return values.get(0);
  }

  private static RunScope scope(String type, Value value, Function<String, Value> saved) {
    return RunScope.of(runbook(type), Map.of("p", value), saved);
  }

  @ParameterizedTest
  @CsvSource({
    "text, text",
    "integer, int8",
    "number, numeric",
    "boolean, boolean",
    "date, date",
    "timestamp, timestamptz",
    "interval, interval",
    "identifier, text",
    "table, text",
    "json, jsonb",
    "secret, text",
    "text[], text[]",
    "integer[], int8[]",
    "table[], text[]",
    "json[], jsonb[]"
  })
  void aParameterIsBoundAsItsType(String type, String expected) {
    // Null has a type all the same.
    assertThat(bound("SELECT :p", scope(type, Value.none(), RunScopeTest::nothingSaved)).type())
        .isEqualTo(expected);
  }

  @Test
  void aTablesNameIsQualifiedWhereItIsAnIdentifier() {
    RunScope one = scope("table", TABLE, RunScopeTest::nothingSaved);
    assertThat(bind("TRUNCATE :\"p\"", one).text()).isEqualTo("TRUNCATE \"public\".\"Odd name\"");
    RunScope item =
        scope("table[]", new ListValue(List.of(TABLE)), RunScopeTest::nothingSaved)
            .withItem("t", TABLE, runbook("table[]").parameter("p").type());
    assertThat(bind("TRUNCATE :\"t\"", item).text()).isEqualTo("TRUNCATE \"public\".\"Odd name\"");
    assertThat(bound("SELECT :t", item)).isEqualTo(new BoundValue("text", TABLE));
    RunScope plain = scope("identifier", TABLE, RunScopeTest::nothingSaved);
    assertThat(bind("TRUNCATE :\"p\"", plain).text())
        .isEqualTo("TRUNCATE \"public.\"\"Odd name\"\"\"");
  }

  @Test
  void savedRowsAndARowAreJsonAndAFieldIsWhatItIs() {
    Value row = new RowValue(Map.of("field", Value.integer(3)));
    RunScope scope = scope("text", Value.none(), name -> new ListValue(List.of(row)));
    assertThat(bound("SELECT :rows", scope).type()).isEqualTo("jsonb");
    RunScope item = scope.withItem("row", row, null);
    assertThat(bound("SELECT :row", item)).isEqualTo(new BoundValue("jsonb", row));
    assertThat(bound("SELECT :row.field", item))
        .isEqualTo(new BoundValue("int8", Value.integer(3)));
    assertThat(bound("SELECT :row.none", item)).isEqualTo(new BoundValue("unknown", Value.none()));
  }

  @Test
  void whatWasNotSavedIsNullOfItsType() {
    RunScope scope = scope("text", Value.none(), RunScopeTest::nothingSaved);
    assertThat(bound("SELECT :rows", scope)).isEqualTo(new BoundValue("jsonb", Value.none()));
    assertThat(bound("SELECT :single", scope)).isEqualTo(new BoundValue("unknown", Value.none()));
    assertThat(bound("SELECT :asked", scope)).isEqualTo(new BoundValue("int8", Value.none()));
  }

  @Test
  void answersOfALoopsItemsAreAnArray() {
    Value answers = new ListValue(List.of(Value.integer(1), Value.integer(2)));
    RunScope scope = scope("text", Value.none(), name -> answers);
    assertThat(bound("SELECT :asked", scope)).isEqualTo(new BoundValue("int8[]", answers));
  }

  @Test
  void nullIsNoName() {
    RunScope scope = scope("identifier", Value.none(), RunScopeTest::nothingSaved);
    assertThatThrownBy(() -> bind("DROP TABLE :\"p\"", scope))
        .isInstanceOf(UnfitValue.class)
        .hasMessage(":\"p\" needs a name, and it is null");
    assertThat(bind("COMMENT ON TABLE t IS :'p'", scope).text())
        .isEqualTo("COMMENT ON TABLE t IS NULL");
  }

  @Test
  void settingsAreEveryParameterAndSingleVariable() {
    RunScope scope =
        scope(
            "integer",
            Value.integer(7),
            name -> name.equals("rows") ? new ListValue(List.of()) : Value.text(name));
    assertThat(scope.settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "p", Value.integer(7),
                "single", Value.text("single"),
                "asked", Value.text("asked")));
  }
}
