package dev.pgrunbook.sql;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.sql.StatementSplitter.TokenRange;
import dev.pgrunbook.sql.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses statements that the server may accept but that cannot be sent as they are. */
final class StatementRules {

  private StatementRules() {}

  /** Adds what is wrong with a statement to its script's diagnostics. */
  static void check(LexedScript script, TokenRange range, List<Placeholder> placeholders) {
    List<Token> tokens = script.tokens().subList(range.first(), range.end());
    checkCopy(script, tokens);
    boolean binds = placeholders.stream().anyMatch(p -> p.form() == Placeholder.Form.BOUND);
    if (binds) {
      checkParameters(script, tokens);
    }
  }

  /** COPY needs a client that feeds or takes the rows while it runs. */
  private static void checkCopy(LexedScript script, List<Token> tokens) {
    String text = script.text();
    @Nullable Token before = null;
    boolean copy = false;
    int depth = 0;
    for (Token token : tokens) {
      if (token.kind() == Kind.COMMENT) {
        continue;
      }
      if (before == null) {
        copy = token.isWord(text, "copy");
      }
      depth += token.is(text, '(') ? 1 : token.is(text, ')') ? -1 : 0;
      if (copy && depth == 0 && before != null && isClientEnd(text, before, token)) {
        String end = text.substring(before.start(), token.end()).toUpperCase(java.util.Locale.ROOT);
        script
            .diagnostics()
            .add(
                Diagnostic.error(
                        "sql-copy",
                        script.source().span(before.start(), token.end()),
                        "COPY … " + end + " moves rows through the client, which a step cannot do")
                    .withHint(
                        "use INSERT or SELECT, or COPY with a file or program on the server"));
      }
      before = token;
    }
  }

  private static boolean isClientEnd(String text, Token before, Token token) {
    return before.isWord(text, "from") && token.isWord(text, "stdin")
        || before.isWord(text, "to") && token.isWord(text, "stdout");
  }

  /** Bound values are numbered by their place, so a {@code $1} would silently mean one of them. */
  private static void checkParameters(LexedScript script, List<Token> tokens) {
    for (Token token : tokens) {
      if (token.kind() == Kind.PARAMETER) {
        script
            .diagnostics()
            .add(
                Diagnostic.error(
                        "sql-mixed-parameters",
                        script.source().span(token.start(), token.end()),
                        "a statement with bound values cannot also hold "
                            + script.text().substring(token.start(), token.end()))
                    .withHint("write :name for every value"));
      }
    }
  }
}
