package dev.pgrunbook.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private static final List<String> NAMES = List.of("name", "rows", "definition");

  private static final List<List<Value>> ROWS =
      List.of(
          List.of(
              Value.text("表\u001b[2J"), Value.integer(1200), Value.text("CREATE INDEX a ON b (c)")),
          List.of(Value.text("b"), Value.none(), Value.text("one\ntwo")));

  private static String text(TextTable table, int limit, boolean more) {
    return String.join("\n", table.rows(NAMES, ROWS, limit, more));
  }

  @Test
  void alignsNumbersRightAndMeasuresWideCharacters() {
    assertThat(text(TextTable.windowed(Theme.PLAIN, Glyphs.UNICODE, 80), 50, false))
        .isEqualTo(
            """
             name      │ rows │ definition
            ───────────┼──────┼─────────────────────────
             表\\x1b[2J │ 1200 │ CREATE INDEX a ON b (c)
             b         │      │ one\\ntwo
            (2 rows)""");
  }

  @Test
  void cutsTheWidestCellsFirst() {
    assertThat(text(TextTable.windowed(Theme.PLAIN, Glyphs.ASCII, 40), 1, false))
        .isEqualTo(
            """
             name      | rows | definition
            -----------+------+---------------------
             表\\x1b[2J | 1200 | CREATE INDEX a O...
            ... and 1 more""");
  }

  @Test
  void tooWideIsAValueALine() {
    assertThat(text(TextTable.windowed(Theme.PLAIN, Glyphs.ASCII, 30), 50, true))
        .isEqualTo(
            """
            -[ 1 ]------------------------
             name       | 表\\x1b[2J
             rows       | 1200
             definition | CREATE INDEX...
            -[ 2 ]------------------------
             name       | b
             rows       |
             definition | one\\ntwo
            ... and more""");
  }

  @Test
  void aWholeTableCutsNothing() {
    assertThat(text(TextTable.whole(Theme.PLAIN, Glyphs.ASCII, 30), 50, false))
        .contains(
            """
             definition | CREATE INDEX a ON b (c)
            """)
        .contains(
            """
             definition | one
                        | two
            """);
  }
}
