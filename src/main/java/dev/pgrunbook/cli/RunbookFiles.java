package dev.pgrunbook.cli;

import dev.pgrunbook.frontend.YamlFrontEnd;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceReader;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files of a folder are runbooks: other YAML and Groovy there, such as a CI job's, is none of
 * ours.
 *
 * <p>A runbook that is unsound must not pass for something else. So one whose {@code runbook} is
 * misspelled is known by what else it says, and a file of which nobody can tell counts. What
 * somebody names is read without asking here.
 */
final class RunbookFiles {

  /** How the names of runbooks in Groovy end. */
  static final String GROOVY = ".groovy";

  /** How the names of runbooks end. */
  static final List<String> ENDINGS = List.of(".yaml", ".yml", GROOVY);

  /** Jobs of several CI systems have steps, too, but none of these beside them. */
  private static final Set<String> BESIDE_STEPS = Set.of("title", "version", "params");

  /**
   * A key at the left edge, where those at the top nearly always are; a byte order mark, a quote
   * and a brace may stand before it.
   */
  private static final Pattern KEY = Pattern.compile("(?m)^[^\\w\\s#-]{0,4}([a-z]+)[\"']?[ \\t]*:");

  /** The key somewhere else, such as in a document that is indented as a whole. */
  private static final Pattern ANYWHERE = Pattern.compile("\\brunbook[\"']?[ \\t]*:");

  private static final Pattern GROOVY_CALL =
      Pattern.compile("(?m)^\\W{0,4}[ \\t]*(?:runbook[ \\t]*[('\"]|target[ \\t]*\\(?[ \\t]*['\"])");

  private RunbookFiles() {}

  /** Returns whether a name ends as a runbook's does. */
  static boolean endsLikeOne(String name) {
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** Returns whether a file of a folder may be a runbook by its name. */
  static boolean isCandidate(Path file) {
    String name = String.valueOf(file.getFileName());
    return endsLikeOne(name) && !name.equals(Workspace.FILE) && Files.isRegularFile(file);
  }

  /** Returns whether a candidate is a runbook, sound or not. */
  static boolean isOne(Path file) {
    String text;
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(SourceReader.RUNBOOK_LIMIT);
      // Every encoding is recognised, so that the reader can say which one it wants.
      text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "");
    } catch (IOException unreadable) {
      return true;
    }
    if (file.toString().endsWith(GROOVY)) {
      return GROOVY_CALL.matcher(text).find();
    }
    Set<String> keys = new HashSet<>();
    Matcher key = KEY.matcher(text);
    while (key.find()) {
      keys.add(key.group(1));
    }
    return saysSo(keys) || ANYWHERE.matcher(text).find() && parsedSaysSo(file);
  }

  private static boolean saysSo(Set<String> keys) {
    return keys.contains("runbook")
        || keys.contains("targets")
        || keys.contains("steps") && BESIDE_STEPS.stream().anyMatch(keys::contains);
  }

  private static boolean parsedSaysSo(Path file) {
    Validated<SourceFile> source = SourceReader.read(file, file.toString());
    SourceFile read = source.orNull();
    SyntaxNode root = read == null ? null : new YamlFrontEnd().parse(read).orNull();
    if (root instanceof MappingNode mapping) {
      Set<String> keys = new HashSet<>();
      mapping.entries().forEach(entry -> keys.add(entry.key().text()));
      return saysSo(keys);
    }
    return root == null;
  }
}
