package dev.pgrunbook.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.render.EffectText;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.sql.StatementContext.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the tables of rules and the list of advice against what is really said. */
class RuleTablesTest {

  private static final Path TABLES =
      Path.of("src/docs/adr/0011-advice-beside-squawk-and-strong-migrations.md");
  private static final Path PAGE = Path.of("src/docs/analysis.md");
  private static final Pattern WANTED = Pattern.compile("`([^`]+)`|\"([^\"]+)\"");

  /** A row of a table. */
  record Row(String rule, String statements, String says) {
    @Override
    public String toString() {
      return rule + ": " + statements;
    }
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TABLES)) {
      String[] cells = line.split("(?<!\\\\) ?\\| ?");
      if (cells.length >= 4 && cells[2].startsWith("`")) {
        rows.add(new Row(cells[1], cells[2].substring(1, cells[2].length() - 1), cells[3]));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void atLeastWhatTheirRuleSays(Row row) {
    List<String> statements =
        Objects.requireNonNull(SqlScript.split(SourceText.of("row", row.statements())).orNull());
    Block block = statements.size() > 1 ? Block.SHARED : Block.OWN;
    List<StatementEffects> effects = StatementEffects.ofAll(statements, StatementContext.in(block));
    Set<String> codes = new LinkedHashSet<>();
    Set<String> words = new LinkedHashSet<>();
    for (StatementEffects one : effects) {
      one.advice().forEach(advice -> codes.add(advice.code().code()));
      EffectText.parts(one).forEach(part -> words.add(part.text()));
    }
    Matcher wanted = WANTED.matcher(row.says());
    int count = 0;
    while (wanted.find()) {
      count++;
      String code = wanted.group(1);
      String phrase = wanted.group(2);
      if (code != null) {
        assertThat(codes).contains(code);
      } else {
        assertThat(words).anyMatch(said -> said.contains(phrase));
      }
    }
    assertThat(count).as("what ours says").isPositive();
  }

  @Test
  void bothToolsAreThere() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(60);
  }

  @Test
  void thePageListsEveryCodeAndNoOther() throws IOException {
    Set<String> listed = new LinkedHashSet<>();
    Matcher codes = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|").matcher(Files.readString(PAGE));
    while (codes.find()) {
      listed.add(codes.group(1));
    }
    List<String> known = new ArrayList<>();
    for (AdviceCode code : AdviceCode.values()) {
      known.add(code.code());
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(known);
  }
}
