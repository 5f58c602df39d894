package dev.pgrunbook.frontend.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import groovy.lang.GroovyShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our files, which can be trusted, say the same when Groovy itself compiles and runs them. */
class PlainGroovyTest {

  @TestFactory
  List<DynamicTest> groovyItselfMakesTheSameTree() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String root : List.of("src/test/resources/groovy/good", "examples/groovy")) {
      try (Stream<Path> files = Files.list(Path.of(root))) {
        files
            .filter(file -> file.toString().endsWith(".groovy"))
            .sorted()
            .map(file -> DynamicTest.dynamicTest(file.toString(), () -> same(file)))
            .forEach(tests::add);
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests;
  }

  private static void same(Path file) {
    SourceFile source = SourceReader.read(file, file.toString()).orNull();
    assertThat(source).isNotNull();
    SyntaxNode tree = GroovyReader.read(source).orNull();
    assertThat(tree).isNotNull();
    assertThat(plain(tree)).isEqualTo(run(source.text()));
  }

  @Test
  void aDifferenceWouldShow() {
    String text = "runbook('x') { title \"${1 + 1} ${a.b}\"; save rows; limit 5 / 2 }";
    assertThat(run(text))
        .isEqualTo(
            Map.of(
                "runbook", new PlainRunbook.Leaf("x", false),
                "title", new PlainRunbook.Leaf("2 ${a.b}", false),
                "save", new PlainRunbook.Leaf("rows", true),
                "limit", new PlainRunbook.Leaf("2.5", true)));
  }

  private static Map<String, Object> run(String text) {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(PlainRunbook.class.getName());
    GroovyShell shell = new GroovyShell(PlainGroovyTest.class.getClassLoader(), configuration);
    PlainRunbook script = (PlainRunbook) shell.parse(text, "trusted.groovy");
    script.run();
    Map<String, Object> said = script.said();
    assertThat(said).isNotNull();
    return said;
  }

  private static Object plain(SyntaxNode node) {
    if (node instanceof MappingNode mapping) {
      Map<String, Object> entries = new LinkedHashMap<>();
      mapping.entries().forEach(entry -> entries.put(entry.key().text(), plain(entry.value())));
      return entries;
    } else if (node instanceof SequenceNode sequence) {
      return sequence.items().stream().map(PlainGroovyTest::plain).toList();
    }
    ScalarNode scalar = (ScalarNode) node;
    return new PlainRunbook.Leaf(scalar.text(), scalar.style() == ScalarNode.Style.PLAIN);
  }
}
