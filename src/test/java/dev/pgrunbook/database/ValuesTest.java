package dev.pgrunbook.database;

import static dev.pgrunbook.database.Databases.bound;
import static dev.pgrunbook.database.Databases.sql;
import static dev.pgrunbook.database.Databases.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.testing.PostgresExtension;
import dev.pgrunbook.testing.TestPostgres;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.DoubleValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import dev.pgrunbook.value.Value.SecretValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Timeout(60)
final class ValuesTest {

  private final TestPostgres postgres;

  ValuesTest(TestPostgres postgres) {
    this.postgres = postgres;
  }

  private Rows rows(String text, dev.pgrunbook.sql.BoundValue... values) {
    try (Database database = Databases.open(postgres);
        ReadOnlySession session = database.readOnlySession(step("values"))) {
      return session.query(sql(text, values), 100);
    }
  }

  private Value one(String expression) {
    return rows("SELECT " + expression).first();
  }

  private static Value list(Value... items) {
    return new ListValue(List.of(items));
  }

  @Test
  void readsEveryKindOfColumn() {
    assertThat(one("7::int2")).isEqualTo(Value.integer(7));
    assertThat(one("-7::int4")).isEqualTo(Value.integer(-7));
    assertThat(one("9223372036854775807")).isEqualTo(Value.integer(Long.MAX_VALUE));
    assertThat(one("4294967295::oid")).isEqualTo(Value.integer(4294967295L));
    assertThat(one("0.1::float4")).isEqualTo(new DoubleValue(0.1));
    assertThat(one("'NaN'::float8")).isEqualTo(new DoubleValue(Double.NaN));
    assertThat(one("'-Infinity'::float8")).isEqualTo(new DoubleValue(Double.NEGATIVE_INFINITY));
    assertThat(one("1.50::numeric")).isEqualTo(new DecimalValue(new BigDecimal("1.50")));
    assertThat(one("'NaN'::numeric")).isEqualTo(new DoubleValue(Double.NaN));
    assertThat(one("'Infinity'::numeric")).isEqualTo(new DoubleValue(Double.POSITIVE_INFINITY));
    assertThat(one("true")).isEqualTo(Value.bool(true));
    assertThat(one("null::int")).isEqualTo(Value.none());
    assertThat(one("'a'::\"char\"")).isEqualTo(Value.text("a"));
    assertThat(one("'ab'::char(4)")).isEqualTo(Value.text("ab  "));
    assertThat(one("'2026-11-23 01:02:03.5+02'::timestamptz"))
        .isEqualTo(Value.text("2026-11-22 23:02:03.5+00"));
    assertThat(one("'1 day 02:00'::interval")).isEqualTo(Value.text("1 day 02:00:00"));
    assertThat(one("'pg_class'::regclass")).isEqualTo(Value.text("pg_class"));
    assertThat(one("'\\xdead'::bytea")).isEqualTo(Value.text("\\xdead"));
    assertThat(one("int4range(1, 5)")).isEqualTo(Value.text("[1,5)"));
    assertThat(one("row(1, 'a b')")).isEqualTo(Value.text("(1,\"a b\")"));
    assertThat(one("'{\"a\": [1, null, \"x\"]}'::jsonb"))
        .isEqualTo(
            new RowValue(Map.of("a", list(Value.integer(1), Value.none(), Value.text("x")))));
    assertThat(one("repeat('[', 300) || repeat(']', 300)")).isInstanceOf(Value.TextValue.class);
    assertThat(one("(repeat('[', 300) || repeat(']', 300))::jsonb"))
        .isInstanceOf(Value.TextValue.class);
  }

  @Test
  void readsArrays() {
    assertThat(one("ARRAY[1, NULL, 3]"))
        .isEqualTo(list(Value.integer(1), Value.none(), Value.integer(3)));
    assertThat(one("ARRAY[[1, 2], [3, 4]]::bigint[]"))
        .isEqualTo(
            list(
                list(Value.integer(1), Value.integer(2)),
                list(Value.integer(3), Value.integer(4))));
    assertThat(one("ARRAY['a,b', 'c\"d\\e', '', 'NULL', NULL, '{x}']"))
        .isEqualTo(
            list(
                Value.text("a,b"),
                Value.text("c\"d\\e"),
                Value.text(""),
                Value.text("NULL"),
                Value.none(),
                Value.text("{x}")));
    assertThat(one("'{}'::text[]")).isEqualTo(list());
    assertThat(one("'[0:1]={a,b}'::text[]")).isEqualTo(list(Value.text("a"), Value.text("b")));
    assertThat(one("ARRAY['pg_class'::regclass]")).isEqualTo(list(Value.text("pg_class")));
    assertThat(one("ARRAY[box '(1,1),(0,0)', box '(2,2),(0,0)']"))
        .isEqualTo(list(Value.text("(1,1),(0,0)"), Value.text("(2,2),(0,0)")));
    postgres.execute("CREATE TYPE mood AS ENUM ('glad', 'so so')");
    assertThat(one("ARRAY['glad', 'so so']::mood[]"))
        .isEqualTo(list(Value.text("glad"), Value.text("so so")));
    assertThat(rows("SELECT 'glad'::mood AS m").columns())
        .containsExactly(new Rows.Column("m", "mood"));
  }

  @Test
  void bindsEveryKindOfValue() {
    Rows rows =
        rows(
            "SELECT ?, ?, ?, ?, ?, ?, ?, ?->>'k', ?, ?, ?::int",
            bound("text", Value.text("it's \\ \"x\" ä😀")),
            bound("int8", Value.integer(Long.MIN_VALUE)),
            bound("numeric", new DecimalValue(new BigDecimal("12345678901234567890.5"))),
            bound("boolean", Value.bool(true)),
            bound("date", Value.text("2026-11-23")),
            bound("float8", new DoubleValue(0.1)),
            bound("interval", Value.text("3 days")),
            bound("jsonb", new RowValue(Map.of("k", Value.text("v")))),
            bound("text", Value.none()),
            bound("text", new SecretValue("open")),
            bound("unknown", Value.text("5")));
    assertThat(rows.rows().get(0))
        .containsExactly(
            Value.text("it's \\ \"x\" ä😀"),
            Value.integer(Long.MIN_VALUE),
            new DecimalValue(new BigDecimal("12345678901234567890.5")),
            Value.bool(true),
            Value.text("2026-11-23"),
            new DoubleValue(0.1),
            Value.text("3 days"),
            Value.text("v"),
            Value.none(),
            Value.text("open"),
            Value.integer(5));
    assertThat(rows.columns().stream().map(Rows.Column::type))
        .containsExactly(
            "text",
            "int8",
            "numeric",
            "bool",
            "date",
            "float8",
            "interval",
            "text",
            "text",
            "text",
            "int4");
  }

  @Test
  void bindsListsAsArraysAndAsJson() {
    Value texts = list(Value.text("a,b"), Value.text("NULL"), Value.none(), Value.text("\"\\{"));
    assertThat(rows("SELECT ?", bound("text[]", texts)).first()).isEqualTo(texts);
    Value nested = list(list(Value.integer(1)), list(Value.integer(2)));
    assertThat(rows("SELECT ?", bound("int8[]", nested)).first()).isEqualTo(nested);
    assertThat(rows("SELECT ?", bound("date[]", list())).first()).isEqualTo(list());
    assertThat(rows("SELECT ?", bound("jsonb", texts)).first()).isEqualTo(texts);
    assertThat(rows("SELECT ?::regclass[]", bound("text[]", list(Value.text("pg_class")))).first())
        .isEqualTo(list(Value.text("pg_class")));
    Value secrets = list(new SecretValue("a"), new SecretValue("b"));
    assertThat(rows("SELECT ?", bound("text[]", secrets)).first())
        .isEqualTo(list(Value.text("a"), Value.text("b")));
    assertThat(rows("SELECT ?->>0", bound("jsonb", secrets)).first()).isEqualTo(Value.text("a"));
  }

  @Test
  void keepsDuplicateAndMissingColumns() {
    Rows twice = rows("SELECT 1 AS a, 2 AS a");
    assertThat(twice.columns()).extracting(Rows.Column::name).containsExactly("a", "a");
    assertThat(twice.rows()).containsExactly(List.of(Value.integer(1), Value.integer(2)));
    Rows none = rows("SELECT FROM generate_series(1, 2)");
    assertThat(none.columns()).isEmpty();
    assertThat(none.rows()).containsExactly(List.of(), List.of());
    assertThat(none.first()).isNull();
    assertThat(rows("SELECT 1 WHERE false").isEmpty()).isTrue();
  }

  @Test
  void aQuestionMarkOfAnOperatorIsDoubled() {
    assertThat(one("'{\"a\": 1}'::jsonb ?? 'a'")).isEqualTo(Value.bool(true));
    assertThat(one("'?' || $$?$$ || \"?\" FROM (SELECT 'x' AS \"?\") AS q -- ?"))
        .isEqualTo(Value.text("??x"));
  }

  @Test
  void readsAHugeRow() {
    Value huge = one("repeat('x', 20000000)");
    assertThat(huge)
        .isInstanceOfSatisfying(
            Value.TextValue.class, text -> assertThat(text.value()).hasSize(20000000));
  }
}
