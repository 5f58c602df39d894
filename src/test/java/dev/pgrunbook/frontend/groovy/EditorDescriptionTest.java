package dev.pgrunbook.frontend.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.language.Key;
import dev.pgrunbook.language.Place;
import dev.pgrunbook.language.Shape;
import dev.pgrunbook.language.StepKind;
import dev.pgrunbook.language.Vocabulary;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The file that has IntelliJ complete runbooks in Groovy is made of the vocabulary. */
class EditorDescriptionTest {

  private static final Path PUBLISHED = Path.of("examples/editor/pgrunbook.gdsl");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  private static final String BEFORE =
      """
      // Has IntelliJ IDEA complete runbooks in Groovy, and show what a word means (Ctrl-Q).
      //
      // Put it into a source folder of the project that the runbooks are in. It is made of the
      // language's vocabulary, and not written by hand.

      // What may be said inside of each word's braces.
      def words = [
      """;

  private static final String AFTER =
      """
      ]

      contributor(context(scope: scriptScope())) {
          method(name: 'runbook', type: 'void', doc: 'A runbook: its name, and its content',
                  params: [name: 'java.lang.String', content: 'groovy.lang.Closure'])
      }

      contributor(context(scope: closureScope())) {
          def around = words.keySet().findAll { enclosingCall(it) }
          def nearest = around.max { enclosingCall(it).textRange.startOffset }
          words[nearest]?.each { word, meaning ->
              method(name: word, type: 'void', doc: meaning, params: [value: 'java.lang.Object'])
              if (words.containsKey(word)) {
                  method(name: word, type: 'void', doc: meaning,
                          params: [name: 'java.lang.String', content: 'groovy.lang.Closure'])
              }
          }
      }
      """;

  @Test
  void thePublishedFileIsMadeOfTheVocabulary() throws IOException {
    String text = description();
    if (UPDATE) {
      Files.writeString(PUBLISHED, text);
    }
    assertThat(PUBLISHED).hasContent(text);
    assertThat(UPDATE).as("written anew: look at it").isFalse();
  }

  @Test
  void anEditorIsOfferedWhatTheNearestBracesTake() throws IOException {
    assertThat(offered()).containsExactly("runbook");
    assertThat(offered("runbook"))
        .contains("title", "param", "query", "always")
        .doesNotContain("review");
    assertThat(offered("runbook", "param")).contains("defaultValue").doesNotContain("query");
    assertThat(offered("runbook", "generate")).contains("sql", "review", "lockTimeout", "save");
    assertThat(offered("runbook", "probe")).contains("sources", "until", "stall", "timeout");
    assertThat(offered("runbook", "probe", "stall")).containsExactlyInAnyOrder("after", "steps");
    assertThat(offered("runbook", "always", "gate")).contains("text", "approvals");
  }

  /** A word that the front end or the loader would refuse must not be offered. */
  @Test
  void everyWordIsKnownToTheFrontEnd() {
    for (StepKind kind : StepKind.supported()) {
      StepWord word = StepWord.of(kind.key());
      assertThat(word).isNotNull();
      for (String said : words(kind).keySet()) {
        boolean key = kind.keys().stream().anyMatch(one -> one.name().equals(said));
        assertThat(key || word.isValue(said) || word.isInside(said)).as(kind + " " + said).isTrue();
      }
    }
  }

  private static String description() {
    StringBuilder text = new StringBuilder(BEFORE);
    places()
        .forEach(
            (place, words) -> {
              text.append("    ").append(place).append(": [\n");
              words.forEach(
                  (word, meaning) ->
                      text.append("        ")
                          .append(word)
                          .append(": ")
                          .append(quoted(meaning))
                          .append(",\n"));
              text.append("    ],\n");
            });
    return text.append(AFTER).toString();
  }

  private static String quoted(String meaning) {
    return "'" + meaning.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static Map<String, Map<String, String>> places() {
    Map<String, Map<String, String>> places = new LinkedHashMap<>();
    places.put("runbook", runbook());
    places.put("param", words(Vocabulary.PARAMETER));
    places.put("target", words(Vocabulary.TARGET));
    for (StepKind kind : StepKind.supported()) {
      places.put(kind.key(), words(kind));
    }
    for (String list : List.of("onFailure", "always", "onTimeout")) {
      places.put(list, kinds());
    }
    places.get("steps").putAll(kinds());
    for (Place place :
        List.of(Vocabulary.RETRY, Vocabulary.WINDOW, Vocabulary.PROGRESS, Vocabulary.STALL)) {
      places.put(place.subject().replace("\"", ""), words(place));
    }
    return places;
  }

  private static Map<String, String> runbook() {
    Map<String, String> words = words(Vocabulary.RUNBOOK);
    words.keySet().removeAll(List.of("runbook", "params", "targets", "steps"));
    words.put("always", words.remove("finally"));
    words.put("param", "What a run has to be told");
    words.put("target", "A role that a database plays");
    words.putAll(kinds());
    return words;
  }

  private static Map<String, String> kinds() {
    Map<String, String> words = new LinkedHashMap<>();
    for (StepKind kind : StepKind.supported()) {
      words.put(kind.key(), kind.kindKey().meaning());
    }
    return words;
  }

  private static Map<String, String> words(StepKind kind) {
    Map<String, String> words = new LinkedHashMap<>();
    Key own = kind.kindKey();
    for (Key key : kind.keys()) {
      boolean said = !key.name().equals("id") && !key.name().equals(own.name());
      if (said && !kind.keysOfLaterVersions().contains(key.name())) {
        words.put(key.name(), key.meaning());
      }
    }
    StepWord word = StepWord.of(kind.key());
    if (own.shape() instanceof Shape.Mapping mapping) {
      words.putAll(words(mapping.place()));
    } else if (word != null && kind != StepKind.STEPS) {
      words.put(word.valueWord(), own.meaning());
    }
    if (kind == StepKind.WAIT) {
      words.putAll(words(Vocabulary.WAIT));
    }
    return words;
  }

  private static Map<String, String> words(Place place) {
    Map<String, String> words = new LinkedHashMap<>();
    for (Key key : place.keys()) {
      words.put(key.name().equals("default") ? "defaultValue" : key.name(), key.meaning());
    }
    return words;
  }

  /** Runs the file as IntelliJ does, with the caret inside of some calls' braces. */
  private static Set<String> offered(String... around) throws IOException {
    Editor editor = new Editor(List.of(around));
    GroovyShell shell = new GroovyShell();
    shell.setVariable("editor", editor);
    String text = Files.readString(PUBLISHED);
    Closure<?> script = (Closure<?>) shell.evaluate("return {\n" + text + "\n}");
    script.setDelegate(editor);
    script.setResolveStrategy(Closure.DELEGATE_FIRST);
    script.call();
    return editor.offered;
  }

  /** As much of IntelliJ's language for such files as ours uses. */
  public static final class Editor extends GroovyObjectSupport {
    private final List<String> around;
    private final Set<String> offered = new TreeSet<>();

    Editor(List<String> around) {
      this.around = new ArrayList<>(around);
    }

    public String scriptScope() {
      return "script";
    }

    public String closureScope() {
      return "closure";
    }

    public Map<String, Object> context(Map<String, Object> where) {
      return where;
    }

    public void contributor(Map<String, Object> where, Closure<?> content) {
      if (String.valueOf(where.get("scope")).equals(around.isEmpty() ? "script" : "closure")) {
        content.setDelegate(this);
        content.setResolveStrategy(Closure.DELEGATE_FIRST);
        content.call();
      }
    }

    public void method(Map<String, Object> one) {
      assertThat(String.valueOf(one.get("doc"))).isNotBlank();
      offered.add(String.valueOf(one.get("name")));
    }

    public @Nullable Map<String, Map<String, Integer>> enclosingCall(String name) {
      int depth = around.lastIndexOf(name);
      return depth < 0 ? null : Map.of("textRange", Map.of("startOffset", depth));
    }
  }
}
