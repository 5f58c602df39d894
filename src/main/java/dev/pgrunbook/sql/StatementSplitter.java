package dev.pgrunbook.sql;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a script where psql splits it.
 *
 * <p>A semicolon ends a statement outside parentheses (the actions of {@code CREATE RULE} stand in
 * them) and outside the {@code BEGIN ATOMIC … END} body of {@code CREATE FUNCTION} and {@code
 * CREATE PROCEDURE}.
 */
final class StatementSplitter {

  private final LexedScript script;
  private final String text;
  private final List<TokenRange> statements = new ArrayList<>();
  private final Deque<Token> parentheses = new ArrayDeque<>();

  /** The statement's first words, four at most. */
  private final List<Token> head = new ArrayList<>(4);

  private int first;
  private int bodyDepth;
  private @Nullable Token before;

  /**
   * A statement's tokens.
   *
   * @param first index of its first token; its comments are part of it
   * @param end index after its last token, the semicolon left out
   */
  record TokenRange(int first, int end) {}

  private StatementSplitter(LexedScript script) {
    this.script = script;
    this.text = script.text();
  }

  /** Returns the statements; stretches of nothing but comments are none. */
  static List<TokenRange> split(LexedScript script) {
    return new StatementSplitter(script).run();
  }

  private List<TokenRange> run() {
    List<Token> tokens = script.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.COMMENT) {
        continue;
      }
      if (token.is(text, ';') && parentheses.isEmpty() && bodyDepth == 0) {
        end(i);
        first = i + 1;
      } else {
        follow(token);
      }
    }
    end(tokens.size());
    return statements;
  }

  private void end(int end) {
    if (before != null) {
      statements.add(new TokenRange(first, end));
    }
    Token open = parentheses.peekLast();
    if (open != null) {
      script
          .diagnostics()
          .add(
              Diagnostic.error(
                  "sql-unterminated",
                  script.source().span(open.start(), open.end()),
                  "the parenthesis that opens here is never closed"));
    }
    head.clear();
    bodyDepth = 0;
    before = null;
    parentheses.clear();
  }

  private void follow(Token token) {
    if (token.is(text, '(')) {
      parentheses.addLast(token);
    } else if (token.is(text, ')')) {
      parentheses.pollLast();
    } else if (token.kind() == Kind.WORD) {
      word(token);
    }
    before = token;
  }

  private void word(Token word) {
    if (head.size() < 4) {
      head.add(word);
    } else if (parentheses.isEmpty() && !isLabel()) {
      body(word);
    }
  }

  private void body(Token word) {
    if (bodyDepth == 0) {
      boolean begins =
          word.isWord(text, "atomic") && before != null && before.isWord(text, "begin");
      bodyDepth = begins && createsRoutine() ? 1 : 0;
    } else if (word.isWord(text, "case")) {
      bodyDepth++;
    } else if (word.isWord(text, "end")) {
      bodyDepth--;
    }
  }

  private boolean createsRoutine() {
    boolean replaces = head.get(1).isWord(text, "or") && head.get(2).isWord(text, "replace");
    Token kind = head.get(replaces ? 3 : 1);
    return head.get(0).isWord(text, "create")
        && (kind.isWord(text, "function") || kind.isWord(text, "procedure"));
  }

  /** A column may be called "end" or "case" without quotes after AS and after a dot. */
  private boolean isLabel() {
    return before != null && (before.is(text, '.') || before.isWord(text, "as"));
  }
}
