package dev.pgrunbook.render;

import dev.pgrunbook.sql.Advice;
import dev.pgrunbook.sql.StatementContext;
import dev.pgrunbook.sql.StatementContext.Block;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said of statements. A case is a paragraph of {@code src/test/resources/analysis}: a
 * statement, or a transaction of several, and below it, indented, what is said.
 */
class EffectTextTest {

  private static final Path CASES = Path.of("src/test/resources/analysis");

  static Stream<String> topics() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void saysWhatStatementsDo(String topic) throws IOException {
    boolean together = topic.startsWith("transactions");
    StatementContext context = StatementContext.in(together ? Block.SHARED : Block.OWN);
    List<String> lines = new ArrayList<>();
    for (String paragraph : Files.readString(CASES.resolve(topic)).strip().split("\n\n")) {
      List<String> statements =
          paragraph.lines().filter(line -> !line.startsWith(" ") && !line.isBlank()).toList();
      List<StatementEffects> effects = StatementEffects.ofAll(statements, context);
      lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
      for (int i = 0; i < effects.size(); i++) {
        lines.add(statements.get(i));
        EffectText.parts(effects.get(i)).forEach(part -> lines.add("    " + part.text()));
        effects.get(i).advice().forEach(advice -> lines.add(line(advice)));
      }
    }
    Golden.check("analysis/" + topic, lines);
  }

  private static String line(Advice advice) {
    return "    " + advice.code().level() + " " + advice.code().code() + ": " + advice.line();
  }
}
