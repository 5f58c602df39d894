package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.Placeholder.Form;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTemplateTest {

  private static SqlTemplate parse(String sql) {
    Validated<SqlTemplate> parsed = SqlTemplate.parse(SourceText.of("test.sql", sql));
    assertThat(parsed.diagnostics()).isEmpty();
    return Objects.requireNonNull(parsed.orNull());
  }

  private static Diagnostic onlyError(String sql) {
    Validated<SqlTemplate> parsed = SqlTemplate.parse(SourceText.of("test.sql", sql));
    assertThat(parsed.isValid()).isFalse();
    assertThat(parsed.diagnostics()).hasSize(1);
    return parsed.diagnostics().get(0);
  }

  private static String blamed(Diagnostic diagnostic) {
    var span = Objects.requireNonNull(diagnostic.span());
    return span.file().text().substring(span.start(), span.end());
  }

  static Stream<Arguments> splits() {
    return Stream.of(
        split("SELECT 1", "SELECT 1"),
        split("SELECT 1;", "SELECT 1"),
        split(";; SELECT 1 ;; SELECT 2 ;\n", "SELECT 1", "SELECT 2"),
        split("SELECT ';'; SELECT \";\"", "SELECT ';'", "SELECT \";\""),
        split("SELECT 'it''s; '; SELECT 2", "SELECT 'it''s; '", "SELECT 2"),
        split("SELECT 'a\\'; SELECT 2", "SELECT 'a\\'", "SELECT 2"),
        split("SELECT E'a\\';'; SELECT 2", "SELECT E'a\\';'", "SELECT 2"),
        split("SELECT E'a\\\\'; SELECT 2", "SELECT E'a\\\\'", "SELECT 2"),
        split("SELECT e'x'\n'\\';'; SELECT 2", "SELECT e'x'\n'\\';'", "SELECT 2"),
        split(
            "SELECT e'x' -- more\n  -- ;'\n '\\';'; SELECT 2",
            "SELECT e'x' -- more\n  -- ;'\n '\\';'",
            "SELECT 2"),
        split("SELECT E'x' '\\'; SELECT 2", "SELECT E'x' '\\'", "SELECT 2"),
        split("SELECT U&'\\0061;\\', 1; SELECT 2", "SELECT U&'\\0061;\\', 1", "SELECT 2"),
        split("SELECT U&\"d\\0061;\"; SELECT 2", "SELECT U&\"d\\0061;\"", "SELECT 2"),
        split("SELECT B'1;', X'F;', N';\\'; SELECT 2", "SELECT B'1;', X'F;', N';\\'", "SELECT 2"),
        split("SELECT \"a\"\";\"; SELECT 2", "SELECT \"a\"\";\"", "SELECT 2"),
        split("SELECT $$;$$; SELECT 2", "SELECT $$;$$", "SELECT 2"),
        split("SELECT $a$;$$;$b$;$a$; SELECT 2", "SELECT $a$;$$;$b$;$a$", "SELECT 2"),
        split("SELECT $é1$;$é1$; SELECT 2", "SELECT $é1$;$é1$", "SELECT 2"),
        split("SELECT a$b$ ; SELECT c$b$", "SELECT a$b$", "SELECT c$b$"),
        split("SELECT 1-- ;\n; SELECT 2", "SELECT 1-- ;", "SELECT 2"),
        split("SELECT 1 /* ; /* ; */ ; */; SELECT 2", "SELECT 1 /* ; /* ; */ ; */", "SELECT 2"),
        split("SELECT 1+/*;*/2; SELECT 2", "SELECT 1+/*;*/2", "SELECT 2"),
        split("SELECT 1 @--;\n2; SELECT 2", "SELECT 1 @--;\n2", "SELECT 2"),
        split(
            "-- first\nSELECT 1; -- second\nSELECT 2; -- none",
            "-- first\nSELECT 1",
            "-- second\nSELECT 2"),
        split(
            "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
            "SELECT 3"),
        split("SELECT 1); SELECT 2", "SELECT 1)", "SELECT 2"),
        body("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END"),
        body("create or replace procedure p() begin atomic select case when 1=1 then 2 end; end"),
        body("CREATE FUNCTION begin() RETURNS int LANGUAGE sql RETURN 1"),
        body(
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT t.end AS case; SELECT 1 AS end;"
                + " END"),
        body("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT (CASE a WHEN 1 THEN 2 END); END"),
        body("CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$BEGIN; END;$$"),
        split("BEGIN; SELECT 1; END; SELECT 2", "BEGIN", "SELECT 1", "END", "SELECT 2"),
        split(
            "CREATE TABLE t (a int); SELECT begin atomic; SELECT 1",
            "CREATE TABLE t (a int)",
            "SELECT begin atomic",
            "SELECT 1"));
  }

  private static Arguments split(String script, String... statements) {
    return Arguments.of(script, List.of(statements));
  }

  private static Arguments body(String routine) {
    return split(routine + " ; SELECT 9;", routine, "SELECT 9");
  }

  @ParameterizedTest
  @MethodSource("splits")
  void splitsWherePostgresqlEndsStatements(String script, List<String> statements) {
    SqlTemplate template = parse(script);
    assertThat(template.statements()).extracting(SqlStatement::text).isEqualTo(statements);
    for (SqlStatement statement : template.statements()) {
      assertThat(script.startsWith(statement.text(), statement.offset())).isTrue();
    }
    assertThat(SqlScript.split(SourceText.of("g", script)).orNull()).isEqualTo(statements);
  }

  static Stream<Arguments> placeholders() {
    return Stream.of(
        found("SELECT :a, :b", ":a", ":b"),
        found("SELECT :a::int, :a ::int, 1::b, x::::c, x:::d", ":a", ":a", ":d"),
        found("SELECT f(a := 1, b =>:b, c := :c)", ":b", ":c"),
        found("SELECT ':a', \":b\", $$:c$$, $x$:d$x$, E'\\':e', U&':f', B':g'"),
        found("SELECT 1 -- :a\n/* :b /* :c */ :d */, :e", ":e"),
        found("SELECT :'a', :\"b\", :'a b', :\"\", :''", ":'a'", ":\"b\""),
        found("SELECT :row.field, :a.b.c, :x.*, :s.\"q\"", ":row.field", ":a.b.c", ":x", ":s"),
        found("DROP INDEX :\"i.schema\".:\"i.name\"", ":\"i.schema\"", ":\"i.name\""),
        found("SELECT '12:30', 12:30, a[1:2], :1, :1a"),
        found("SELECT a[1:n], a[lo:hi], a[f(x):n], a[lo : hi], a[b[1]:n], a[\"x\":n]"),
        found("SELECT a[:n], a[:lo:hi], a[1: :hi], a[x + :n:m]", ":n", ":lo", ":hi", ":n"),
        found("SELECT a[f(:x):n], a[(:x)]", ":x", ":x"),
        found(
            "SELECT ARRAY[:a, :b], ARRAY[CASE WHEN x THEN :c ELSE :d END]", ":a", ":b", ":c", ":d"),
        found("SELECT a[NOT :x], (a[1]):b", ":x", ":b"),
        found("SELECT : a, :, :$x, :-1"),
        found("SELECT :Größe, :_x1, :a$b", ":Größe", ":_x1", ":a"),
        found("LIMIT:n OFFSET:m", ":n", ":m"),
        found("SELECT x@:a, x?:b", ":a", ":b"));
  }

  private static Arguments found(String sql, String... placeholders) {
    return Arguments.of(sql, List.of(placeholders));
  }

  @ParameterizedTest
  @MethodSource("placeholders")
  void findsPlaceholdersWherePsqlDoes(String sql, List<String> expected) {
    assertThat(parse(sql).statements().get(0).placeholders())
        .extracting(placeholder -> sql.substring(placeholder.start(), placeholder.end()))
        .isEqualTo(expected);
  }

  @Test
  void placeholdersKnowTheirNamePathAndForm() {
    SqlTemplate template = parse("SELECT 1;\nSELECT :row.a.b, :'x', :\"y.z\"; SELECT :x");
    List<Placeholder> second = template.statements().get(1).placeholders();
    assertThat(second)
        .extracting(Placeholder::name, Placeholder::path, Placeholder::form)
        .containsExactly(
            tuple("row", List.of("a", "b"), Form.BOUND),
            tuple("x", List.of(), Form.LITERAL),
            tuple("y", List.of("z"), Form.IDENTIFIER));
    assertThat(template.names()).containsExactly("row", "x", "y");
    assertThat(template.span(second.get(0)).location()).isEqualTo("test.sql:2:8");
    assertThat(template.span(template.statements().get(1)).location()).isEqualTo("test.sql:2:1");
  }

  @Test
  void generatedSqlIsNeverExpandedNorRefusedForItsColons() {
    String generated = "SELECT :a, ${b}, x_${c}";
    assertThat(SqlScript.split(SourceText.of("<row 1>", generated)).orNull())
        .containsExactly(generated);
    assertThat(SqlScript.split(SourceText.of("<row 1>", " -- nothing\n ; ")).orNull()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'abc",
        "SELECT E'abc\\'",
        "SELECT U&'abc",
        "SELECT \"abc",
        "SELECT $$abc$",
        "SELECT $a$ abc $b$",
        "SELECT /* /* */ 1",
        "SELECT (1; SELECT 2",
        "SELECT 'a'\n'b"
      })
  void whatIsNeverClosedIsAnErrorWhereItOpens(String sql) {
    Diagnostic error = onlyError("SELECT 1; " + sql);
    assertThat(error.code()).isEqualTo("sql-unterminated");
    assertThat(Objects.requireNonNull(error.span()).start()).isGreaterThanOrEqualTo(17);
    assertThat(SqlScript.split(SourceText.of("g", sql)).isValid()).isFalse();
  }

  @Test
  void interpolationNamesTheThreeForms() {
    Diagnostic error = onlyError("SELECT * FROM tbl_${suffix} WHERE a = '${fine}'");
    assertThat(error.code()).isEqualTo("sql-interpolation");
    assertThat(blamed(error)).isEqualTo("${suffix}");
    assertThat(error.hint()).contains(":suffix ", ":'suffix'", ":\"suffix\"");
    assertThat(blamed(onlyError("SELECT ${a +\n b}"))).isEqualTo("${");
  }

  @Test
  void everyMistakeIsReportedInOneGo() {
    var parsed =
        SqlTemplate.parse(SourceText.of("x", "SELECT ${a}; \\gset x\nSELECT \0, ${b}; SELECT 'x"));
    assertThat(parsed.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(
            "sql-interpolation",
            "sql-backslash",
            "sql-nul",
            "sql-interpolation",
            "sql-unterminated");
  }

  @Test
  void psqlCommandsAreRefused() {
    Diagnostic error = onlyError("SELECT 1 AS x \\gset 'odd\n; SELECT 2");
    assertThat(error.code()).isEqualTo("sql-backslash");
    assertThat(blamed(error)).isEqualTo("\\gset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "-- only a comment", ";;", "/* a */ ; -- b"})
  void aScriptWithoutStatementIsAnError(String sql) {
    assertThat(onlyError(sql).code()).isEqualTo("sql-empty");
  }

  @Test
  void copyThroughTheClientIsRefused() {
    assertThat(blamed(onlyError("COPY t (a, b) FROM STDIN WITH (FORMAT csv)")))
        .isEqualTo("FROM STDIN");
    assertThat(blamed(onlyError("/* x */ copy (SELECT a FROM stdin) to stdout")))
        .isEqualTo("to stdout");
    parse("COPY t FROM '/tmp/x'; COPY t TO PROGRAM 'cat'; SELECT a FROM stdin");
  }

  @Test
  void numberedParametersDoNotMixWithBoundValues() {
    assertThat(blamed(onlyError("SELECT $1, :a"))).isEqualTo("$1");
    parse("PREPARE p AS SELECT $1; SELECT :a");
    parse("CREATE FUNCTION f(int) RETURNS int BEGIN ATOMIC SELECT $1; END");
  }

  @Test
  void templatesAreEqualWhenTheirTextsAre() {
    assertThat(parse("SELECT :a \n")).isEqualTo(parse("SELECT :a"));
    assertThat(parse("SELECT :a \n")).hasSameHashCodeAs(parse("SELECT :a"));
    assertThat(parse("SELECT :a")).isNotEqualTo(parse("SELECT :b"));
    assertThat(parse("  SELECT 1 \n").text()).isEqualTo("  SELECT 1");
  }
}
