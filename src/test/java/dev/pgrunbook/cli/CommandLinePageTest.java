package dev.pgrunbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** What the pages say about commands, options and exit codes is what the program has. */
class CommandLinePageTest {

  private static final Path PAGE = Path.of("src/docs/command-line.md");
  private static final Path README = Path.of("README.md");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

  @Test
  void everyCommandHasASectionWithItsOptionsAndNoOthers() throws IOException {
    Map<String, String> sections = sections(Files.readString(PAGE));
    for (CommandName name : CommandName.values()) {
      String section = sections.get(name.word());
      assertThat(section).as("section of %s", name.word()).isNotNull();
      assertThat(options(section)).as("options of %s", name.word()).isEqualTo(options(name));
    }
  }

  @Test
  void whatAllCommandsTakeIsSaidOnce() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page.substring(0, page.indexOf("\n## ")))
        .contains("--help`", "`" + Usage.COLOR + " ");
  }

  @Test
  void everyExitCodeIsThere() throws IOException {
    String page = Files.readString(PAGE);
    for (ExitCode code : ExitCode.values()) {
      assertThat(page).contains("\n| " + code.number() + " | ");
    }
  }

  @Test
  void theReadmeCallsOnlyWhatThereIs() throws IOException {
    String readme = Files.readString(README).replace("\\\n", " ");
    List<String> calls =
        Pattern.compile("\\./pgrunbook ([a-z-]+)([^\n`]*)")
            .matcher(readme)
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(calls).hasSizeGreaterThan(8);
    for (String call : calls) {
      String word = call.split("[ `]", -1)[1];
      CommandName name = CommandName.of(word);
      assertThat(word.equals("--help") || name != null).as(call).isTrue();
      if (name != null) {
        assertThat(options(name)).as(call).containsAll(optionsOf(call));
      }
    }
  }

  /** Returns the text under each heading that begins with a command. */
  private static Map<String, String> sections(String page) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String part : page.split("\n## ", -1)) {
      int line = part.indexOf('\n');
      String heading = part.substring(0, line);
      for (MatchResult word : Pattern.compile("`([a-z]+)").matcher(heading).results().toList()) {
        sections.put(word.group(1), part.substring(line));
      }
    }
    return sections;
  }

  /** Returns the options that begin the rows of tables. */
  private static Set<String> options(String section) {
    Set<String> options = new TreeSet<>();
    for (String row : section.split("\n", -1)) {
      if (row.startsWith("| `-")) {
        options.addAll(optionsOf(row.substring(0, row.indexOf('|', 1))));
      }
    }
    return options;
  }

  private static Set<String> options(CommandName name) {
    Set<String> options = new TreeSet<>();
    for (OptionSpec option : Usage.commandLine(name, name.create()).getCommandSpec().options()) {
      options.addAll(List.of(option.names()));
    }
    // Every command has these; the page says so once.
    options.removeAll(List.of("-h", "--help", Usage.COLOR));
    return options;
  }

  private static List<String> optionsOf(String text) {
    List<String> options = new ArrayList<>();
    OPTION.matcher(text).results().map(MatchResult::group).forEach(options::add);
    return options;
  }
}
