package dev.pgrunbook.cli.terminal;

import dev.pgrunbook.engine.GeneratedStatements.Generated;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.sql.SqlScript;
import dev.pgrunbook.value.Value.RowValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements in the operator's own editor. */
final class StatementEditor {

  /** Begins the lines that are not the operator's. */
  private static final String MARK = "--|";

  private final Map<String, String> environment;

  StatementEditor(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the command that starts the editor, as a shell reads it. */
  String command() {
    String visual = environment.getOrDefault("VISUAL", "");
    String editor = visual.isBlank() ? environment.getOrDefault("EDITOR", "") : visual;
    return editor.isBlank() ? "vi" : editor;
  }

  /**
   * Returns the statements as the operator left them; those that are unchanged keep the columns of
   * their rows.
   */
  Validated<List<Generated>> edit(String step, List<Generated> statements) {
    try {
      FileAttribute<?> mine =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path file = Files.createTempFile("pgrunbook-", ".sql", mine);
      try {
        Files.writeString(file, script(step, statements));
        int code = start(file);
        if (code != 0) {
          String message = "`" + command() + "` ended with " + code + ": nothing is changed";
          return Validated.error(Diagnostic.error("editor", null, message));
        }
        return read(Files.readString(file), statements);
      } catch (CharacterCodingException notUtf8) {
        return Validated.error(Diagnostic.error("editor", null, "the file is not UTF-8"));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private int start(Path file) throws IOException {
    try {
      return new ProcessBuilder("sh", "-c", command() + " \"$1\"", "sh", file.toString())
          .inheritIO()
          .start()
          .waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static List<String> header(String step) {
    return List.of(
        step + ": the statements that would run, a line with a semicolon after each.",
        "What stands here when the editor ends is shown again, and runs only if approved.",
        "Leave the editor with an error, such as :cq in vi, to change nothing.");
  }

  private static String script(String step, List<Generated> statements) {
    StringBuilder script = new StringBuilder();
    header(step).forEach(line -> script.append(MARK).append(' ').append(line).append('\n'));
    statements.forEach(statement -> script.append('\n').append(statement.sql()).append("\n;\n"));
    return script.toString();
  }

  static Validated<List<Generated>> read(String script, List<Generated> before) {
    Map<String, RowValue> columns = new HashMap<>();
    before.forEach(statement -> columns.put(statement.sql(), statement.columns()));
    return SqlScript.split(SourceText.of("<edited>", withoutHeader(script)))
        .map(
            all -> {
              List<Generated> statements = new ArrayList<>();
              for (String sql : all) {
                RowValue kept = columns.getOrDefault(sql, new RowValue(Map.of()));
                statements.add(new Generated(sql, kept));
              }
              return statements;
            });
  }

  /** A comment before a statement is part of it, so the header must not stay. */
  private static String withoutHeader(String script) {
    String rest = script;
    while (rest.startsWith(MARK)) {
      int end = rest.indexOf('\n');
      rest = end < 0 ? "" : rest.substring(end + 1);
    }
    return rest;
  }
}
