package dev.pgrunbook.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.language.StepKind;
import dev.pgrunbook.model.Expectation;
import dev.pgrunbook.model.Isolation;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ReviewMode;
import dev.pgrunbook.model.TransactionMode;
import dev.pgrunbook.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page about the language has every key that the loader knows, in every place. */
class LanguagePageTest {

  private static final Path PAGE = Path.of("src/docs/language.md");
  private static final String STRANGER = "zzzzzzzz";

  /** A file with a key that nobody knows in each place that has keys. */
  private static final String EVERY_PLACE =
      """
      runbook: every-place
      version: "1.0.0"
      title: Every place that has keys
      zzzzzzzz: 1
      links: [{url: "https://example.com", zzzzzzzz: 1}]
      params: {p: {zzzzzzzz: 1}}
      targets: {db: {zzzzzzzz: 1}}
      steps:
        - {id: query, target: db, query: SELECT 1, zzzzzzzz: 1}
        - {id: sql, target: db, sql: SELECT 1, zzzzzzzz: 1, retry: {attempts: 2, zzzzzzzz: 1}}
        - {id: check, target: db, check: SELECT true, zzzzzzzz: 1}
        - {id: gate, gate: text, zzzzzzzz: 1}
        - {id: manual, manual: text, zzzzzzzz: 1}
        - {id: wait, wait: {until: "22:00", zone: UTC, zzzzzzzz: 1}, zzzzzzzz: 1}
        - {id: steps, steps: [{id: inner, wait: 1s}], zzzzzzzz: 1}
        - id: generate
          target: db
          generate: SELECT 'SELECT 1'
          window: {from: "22:00", to: "06:00", zone: UTC, zzzzzzzz: 1}
          zzzzzzzz: 1
        - id: probe
          zzzzzzzz: 1
          probe:
            sources: {db: SELECT 1 AS done}
            until: done == 1
            progress: {done: done, zzzzzzzz: 1}
            stall: {after: 1s, zzzzzzzz: 1, steps: [{id: nudge, wait: 1s}]}
            zzzzzzzz: 1
      """;

  @Test
  void everyKeyOfEveryPlaceIsThere() throws IOException {
    String page = Files.readString(PAGE);
    Map<String, Set<String>> places = keysOfPlaces();
    // The file, a link, a parameter, a target, nine kinds of steps, and the six mappings inside.
    assertThat(places).hasSize(4 + StepKind.supported().size() + 6);
    places.forEach(
        (place, keys) ->
            assertThat(keys)
                .as(place)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(page).containsPattern("[`{ ]" + key + "[`:,}]")));
  }

  /** Asks the loader itself: it names what a place allows when it refuses a key. */
  private static Map<String, Set<String>> keysOfPlaces() {
    Map<String, Set<String>> places = new LinkedHashMap<>();
    for (Diagnostic found : Runbooks.load(EVERY_PLACE).diagnostics()) {
      String hint = found.hint();
      if (found.code().equals(RunbookRule.UNKNOWN_KEY.code()) && hint != null) {
        assertThat(found.message()).contains(STRANGER);
        String keys = hint.substring(hint.indexOf(':') + 1);
        places.put(found.message() + keys, new TreeSet<>(List.of(keys.strip().split(", ", -1))));
      }
    }
    return places;
  }

  @Test
  void everyWordOfAChoiceIsThere() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> words = new TreeSet<>(ParameterType.words());
    for (Expectation value : Expectation.values()) {
      words.add(value.word());
    }
    for (Isolation value : Isolation.values()) {
      words.add(value.word());
    }
    for (ReviewMode value : ReviewMode.values()) {
      words.add(value.word());
    }
    for (TransactionMode value : TransactionMode.values()) {
      words.add(value.word());
    }
    assertThat(words).allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
  }

  @Test
  void everyKindHasASectionAndTheRestIsSaidToComeLater() throws IOException {
    String page = Files.readString(PAGE);
    String later = page.substring(page.indexOf("### What comes later"));
    for (StepKind kind : StepKind.values()) {
      if (kind.isSupported()) {
        assertThat(page).contains("\n### `" + kind.key() + "`: ");
      } else {
        assertThat(later).contains("`" + kind.key() + "`");
      }
    }
    assertThat(page).contains("; this is " + RunbookLoader.LANGUAGE_VERSION + " |");
  }
}
