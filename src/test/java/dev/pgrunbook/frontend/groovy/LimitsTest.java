package dev.pgrunbook.frontend.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceFile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each limit has an error of its own, which names it, at a place, with what to do instead. */
class LimitsTest {

  private record Excess(String message, String file) {}

  @TestFactory
  Stream<DynamicTest> everyLimitIsTold() {
    return excesses().stream()
        .map(excess -> DynamicTest.dynamicTest(excess.message(), () -> told(excess)));
  }

  private static void told(Excess excess) {
    List<Diagnostic> found =
        GroovyReader.read(new SourceFile("large.groovy", excess.file())).diagnostics();
    assertThat(found).hasSize(1);
    Diagnostic diagnostic = found.get(0);
    assertThat(diagnostic.code()).isEqualTo("groovy-limit");
    assertThat(diagnostic.message()).contains(excess.message());
    assertThat(diagnostic.span()).isNotNull();
    assertThat(diagnostic.hint()).isNotBlank();
  }

  private static List<Excess> excesses() {
    return List.of(
        new Excess("the file has more than 20000 words and signs", "def a = 1\n".repeat(5001)),
        new Excess(
            "this statement has more than 1000 words and signs",
            "def a = [" + "1, ".repeat(500) + "1]"),
        new Excess("this statement has more than 200 operators", "def a = 1" + " + 1".repeat(201)),
        new Excess("this statement has more than 2 assignments", "def a = 1, b = 2, c = 3"),
        new Excess("brackets nest deeper than 64 levels", "(".repeat(65) + "1" + ")".repeat(65)),
        new Excess("this number has more than 400 digits", "def a = " + "9".repeat(401)),
        new Excess("this number has more than 400 digits", "def a = 10 ** 400 * 10 ** 400"),
        new Excess("a word here has more than 10000 characters", "def a$" + "a".repeat(10_001)),
        new Excess("takes more than 1000000 steps", "def a = 'x' * 900000\n" + copies(20)),
        new Excess("loops turn more than 100000 times", "while (true) { }"),
        new Excess("call each other more than 64 deep", "def f() { f() }\nf()"),
        new Excess("this text has more than 1000000 characters", "def a = 'x' * 1000001"),
        new Excess("more than 10000 elements here", "def a = (1..10001).collect { it }"),
        new Excess("the runbook has more than 500 steps", inRunbook(loop(501))),
        new Excess("this text has more than 131072 characters", inRunbook("title 'x' * 131073")),
        new Excess(
            "the runbook's texts have more than 4194304 characters",
            inRunbook("def t = 'x' * 131072\nfor (i in 1..33) { param(\"p${i}\", default: t) }")),
        new Excess(
            "the runbook has more than 50000 keys and values",
            inRunbook(
                "def l = (1..9999).toList()\nfor (i in 1..6) { param(\"p${i}\", default: l) }")),
        new Excess(
            "lists and maps nest deeper than 64 levels",
            inRunbook("def l = [1]\nfor (i in 1..65) { l = [l] }\nparam('p', default: l)")));
  }

  private static String copies(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      text.append("def a").append(i).append(" = a + 'x'\n");
    }
    return text.toString();
  }

  private static String loop(int steps) {
    return "for (i in 1.." + steps + ") { wait(\"w${i}\") { wait '1s' } }";
  }

  private static String inRunbook(String content) {
    return "runbook('r') {\n" + content + "\n}";
  }
}
