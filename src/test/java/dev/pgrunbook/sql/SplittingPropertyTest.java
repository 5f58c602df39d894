package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SplittingPropertyTest {

  /** Stretches that hide what is in them, and stretches that do not. */
  private static final List<String> OPAQUE =
      List.of(
          "':x;'",
          "E'\\';:x'",
          "U&':x;'",
          "B';'",
          "\":x;\"",
          "U&\":x;\"",
          "$$;:x'$$",
          "$a$;:x$$\"$a$",
          "/* ;:x /* ' */ $$ */",
          "-- ;:x '\n",
          "''",
          "'it''s;:x'",
          "\"a\"\";:x\"");

  private static final List<String> OPEN =
      List.of(
          "SELECT", "a", "1", "1.5e-3", "(b)", "[1:n]", "::int", " := 1", "? ", "->>", ",", "+",
          "$1", "a$b", "{", "}", "é");

  @Provide
  Arbitrary<List<String>> stretches() {
    List<String> all = new ArrayList<>(OPAQUE);
    all.addAll(OPEN);
    all.addAll(List.of(";", " :y ", " :'y' ", " :\"y\" ", " :y.z "));
    return Arbitraries.of(all).list().ofMaxSize(25);
  }

  @Property(seed = "20261123")
  void splittingKeepsEveryCharacterAndHidesWhatIsQuoted(
      @ForAll("stretches") List<String> stretches) {
    String script = String.join(" ", stretches);
    LexedScript lexed = SqlLexer.template(SourceText.of("p", script));
    assertThat(lexed.diagnostics()).isEmpty();
    assertThat(rejoined(lexed)).isEqualTo(script);
    assertThat(lexed.placeholders()).extracting(Placeholder::name).doesNotContain("x");
    long written = stretches.stream().filter(s -> s.startsWith(" :") && s.contains("y")).count();
    assertThat(lexed.placeholders()).hasSize((int) written);
    assertThat(lexed.tokens().stream().filter(t -> t.is(script, ';')).count())
        .isEqualTo(stretches.stream().filter(";"::equals).count());
  }

  /** The statements as they are split, with the script's own text between them. */
  private static String rejoined(LexedScript lexed) {
    String script = lexed.text();
    StringBuilder whole = new StringBuilder();
    int from = 0;
    for (String statement : Objects.requireNonNull(SqlScript.split(lexed.source()).orNull())) {
      int start = script.indexOf(statement, from);
      for (Token token : lexed.tokens()) {
        boolean between = token.start() >= from && token.end() <= start;
        assertThat(!between || token.is(script, ';') || token.kind() == Token.Kind.COMMENT)
            .isTrue();
      }
      whole.append(script, from, start).append(statement);
      from = start + statement.length();
    }
    return whole.append(script, from, script.length()).toString();
  }

  @Property(seed = "20261123")
  void noTextBreaksTheLexer(@ForAll("noise") String script) {
    LexedScript lexed = SqlLexer.template(SourceText.of("p", script));
    int end = 0;
    for (Token token : lexed.tokens()) {
      assertThat(script.substring(end, token.start()).replace("\u000b", "")).isBlank();
      assertThat(token.end()).isGreaterThan(token.start()).isLessThanOrEqualTo(script.length());
      end = token.end();
    }
    StatementSplitter.split(lexed)
        .forEach(
            range ->
                assertThat(
                        StatementAnalysis.of(
                            script, lexed.tokens().subList(range.first(), range.end())))
                    .isNotNull());
  }

  @Provide
  Arbitrary<String> noise() {
    List<String> words =
        List.of(
            "with",
            "select",
            "from",
            "drop",
            "alter",
            "table",
            "create",
            "index",
            "as",
            "explain",
            "(",
            ")",
            "[",
            "]",
            ",",
            ".",
            ":",
            "::",
            ";",
            "'",
            "\"",
            "a",
            ":a",
            "$a$",
            "$1",
            "1",
            "--",
            "/*",
            "*/",
            "\n",
            " ",
            "reindex",
            "concurrently",
            "detach",
            "partition",
            "set",
            "lock",
            "in",
            "delete",
            "update",
            "vacuum",
            "full",
            "on",
            "copy",
            "subscription");
    return Arbitraries.of(words).list().ofMaxSize(20).map(list -> String.join(" ", list));
  }
}
