package dev.pgrunbook.sql;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import java.util.List;

/**
 * A script as the lexer saw it.
 *
 * @param source what was read
 * @param tokens its tokens in order, comments among them
 * @param placeholders its placeholders in order, one for each such token
 * @param diagnostics what forbids to use it
 */
record LexedScript(
    SourceText source,
    List<Token> tokens,
    List<Placeholder> placeholders,
    List<Diagnostic> diagnostics) {

  String text() {
    return source.text();
  }
}
