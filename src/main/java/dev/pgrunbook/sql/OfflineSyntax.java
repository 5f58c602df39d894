package dev.pgrunbook.sql;

import dev.pgrunbook.source.SourceText;
import java.util.Arrays;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/**
 * A grammar's opinion of a statement where no server can be asked.
 *
 * <p>The grammar is that of PostgreSQL 18 as pgCodeKeeper writes it, not the server's own: what it
 * does not understand may be right all the same. The parser costs some 200 ms when it is first
 * used, so nothing but a plan without a server uses it.
 */
public final class OfflineSyntax {

  /** More than people write, less than the parser's recursion bears. */
  private static final int MOST_TOKENS = 20_000;

  private static final int DEEPEST = 100;

  private OfflineSyntax() {}

  /**
   * Where the grammar stops to understand a statement.
   *
   * @param text the first word or sign that it did not expect; empty at the end
   * @param offset where that begins in the statement
   */
  public record NotUnderstood(String text, int offset) {

    /** Returns what to say about it, without a full stop. */
    public String sentence() {
      return text.isEmpty()
          ? "not understood offline: something is missing at the end; the server is the judge"
          : "not understood offline from \"" + text + "\" on; the server is the judge";
    }
  }

  /** Returns where a finished statement is not understood, or null when it is, or may be. */
  public static @Nullable NotUnderstood check(String statement) {
    LexedScript script = SqlLexer.plain(SourceText.of("<statement>", statement));
    StatementTokens tokens = new StatementTokens(statement, script.tokens());
    if (tokens.size() == 0 || tokens.size() > MOST_TOKENS || hasNoOpinion(tokens)) {
      return null;
    }
    return parse(statement, normalised(statement, script.tokens()));
  }

  /** Its grammar lacks some commands, and deep nesting would overflow its stack. */
  private static boolean hasNoOpinion(StatementTokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.depth(i) > DEEPEST) {
        return true;
      }
    }
    Command command = Command.read(tokens);
    return command.tag().equals("ALTER SYSTEM")
        || TransactionRules.of(command, tokens) == TransactionRule.CONTROL;
  }

  /**
   * Returns the statement, each token at its place, as every SQL lexer reads it: comments blank,
   * strings of whatever quoting plain ones. Its own lexer ends {@code E'\''} too early.
   */
  private static String normalised(String statement, List<Token> tokens) {
    char[] text = statement.toCharArray();
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.COMMENT) {
        Arrays.fill(text, token.start(), token.end(), ' ');
      } else if (token.kind() == Token.Kind.STRING && token.end() - token.start() >= 2) {
        int open = quote(statement, token);
        Arrays.fill(text, open, token.end(), 'x');
        text[open] = '\'';
        text[token.end() - 1] = '\'';
        Arrays.fill(text, token.start(), open, ' ');
      }
    }
    for (int i = 0; i < text.length; i++) {
      // The parser counts code points; without surrogates those are the statement's characters.
      text[i] = Character.isSurrogate(text[i]) ? 'x' : text[i];
    }
    return new String(text);
  }

  /** Returns where the quote is to stand: after {@code E}, {@code B} and their like. */
  private static int quote(String statement, Token token) {
    int quote = statement.indexOf('\'', token.start());
    boolean dollar = statement.charAt(token.start()) == '$';
    boolean prefixed = !dollar && quote > token.start() && quote < token.start() + 3;
    return prefixed ? quote : token.start();
  }

  private static @Nullable NotUnderstood parse(String statement, String normalised) {
    Listener listener = new Listener(statement);
    SQLLexer lexer = new SQLLexer(CharStreams.fromString(normalised + ";"));
    lexer.removeErrorListeners();
    lexer.addErrorListener(listener);
    SQLParser parser = new SQLParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(listener);
    parser.sql();
    return listener.first;
  }

  /** Keeps the first mistake; what follows it is guesswork. */
  private static final class Listener extends BaseErrorListener {

    private final String statement;
    private @Nullable NotUnderstood first;

    Listener(String statement) {
      this.statement = statement;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object symbol,
        int line,
        int column,
        String message,
        @Nullable RecognitionException cause) {
      if (first == null) {
        int start = statement.length();
        int end = start;
        if (symbol instanceof org.antlr.v4.runtime.Token token && token.getStartIndex() >= 0) {
          start = Math.min(token.getStartIndex(), statement.length());
          end = Math.min(token.getStopIndex() + 1, statement.length());
        }
        first = new NotUnderstood(statement.substring(start, Math.max(start, end)), start);
      }
    }
  }
}
