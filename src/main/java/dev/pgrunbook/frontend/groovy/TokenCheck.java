package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import groovyjarjarantlr4.v4.runtime.ANTLRErrorListener;
import groovyjarjarantlr4.v4.runtime.CharStreams;
import groovyjarjarantlr4.v4.runtime.RecognitionException;
import groovyjarjarantlr4.v4.runtime.Recognizer;
import groovyjarjarantlr4.v4.runtime.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.groovy.parser.antlr4.GroovyLangLexer;
import org.apache.groovy.parser.antlr4.GroovyLexer;
import org.jspecify.annotations.Nullable;

/**
 * Counts a file's words and signs with Groovy's own lexer, before its parser sees them.
 *
 * <p>The parser recurses with the nesting, and after a syntax error takes far more than linear time
 * over long statements. Nothing that people write comes near the limits.
 */
final class TokenCheck {

  /** What is counted between two braces: the statement that goes on after an inner block. */
  private static final class Statement {
    private int tokens;
    private int operators;
    private int assignments;
    private int brackets;
    private boolean endsUnlessContinued;

    void begin() {
      tokens = 0;
      operators = 0;
      assignments = 0;
      endsUnlessContinued = false;
    }
  }

  /** Thrown by the lexer's listener: a character that begins no token. */
  private static final class Unlexable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    Unlexable(int line, int column) {
      super("", null, false, false);
      this.line = line;
      this.column = column;
    }
  }

  private final Places places;
  private final Deque<Statement> statements = new ArrayDeque<>();
  private int tokens;
  private int nesting;
  private boolean afterOperator;

  TokenCheck(Places places) {
    this.places = places;
    statements.push(new Statement());
  }

  /** Refuses a file that is too much for the parser, or that has an annotation. */
  void check() {
    SourceFile file = places.file();
    checkWords(file);
    GroovyLangLexer lexer = new GroovyLangLexer(CharStreams.fromString(file.text()));
    lexer.removeErrorListeners();
    lexer.addErrorListener(listener());
    try {
      for (Token token = lexer.nextToken();
          token.getType() != Token.EOF;
          token = lexer.nextToken()) {
        if (token.getChannel() == Token.DEFAULT_CHANNEL) {
          take(token);
        }
      }
    } catch (Unlexable failure) {
      int at = places.offset(failure.line, failure.column);
      throw Refusal.of(
          "groovy-syntax",
          file.span(at, at),
          "Groovy has no use for what stands here",
          "texts stand in quotes; SQL stands in '''…'''");
    }
  }

  /**
   * The lexer takes quadratic time over numbers, some of which only turn out wrong at their end.
   */
  private static void checkWords(SourceFile file) {
    int run = 0;
    for (int i = 0; i < file.text().length(); i++) {
      char unit = file.text().charAt(i);
      boolean begins = run > 0 || unit == '$' || unit >= '0' && unit <= '9';
      run = begins && Character.isJavaIdentifierPart(unit) ? run + 1 : 0;
      if (run > GroovyLimits.WORD_LENGTH) {
        throw Refusal.limit(
            file.span(i - run + 1, i + 1),
            "a word here has more than " + GroovyLimits.WORD_LENGTH + " characters",
            "break it, or move it to a file of its own");
      }
    }
  }

  private static ANTLRErrorListener<Integer> listener() {
    return new ANTLRErrorListener<>() {
      @Override
      public <T extends Integer> void syntaxError(
          Recognizer<T, ?> recognizer,
          @Nullable T symbol,
          int line,
          int column,
          String message,
          @Nullable RecognitionException e) {
        throw new Unlexable(line, column + 1);
      }
    };
  }

  private void take(Token token) {
    int type = token.getType();
    if (++tokens > GroovyLimits.TOKENS) {
      throw Refusal.limit(
          span(token),
          "the file has more than " + GroovyLimits.TOKENS + " words and signs",
          "split it into several runbooks, or loop over a list");
    }
    if (type == GroovyLexer.AT) {
      throw Refusal.of(
          span(token), "annotations are refused", "a runbook is data; leave the annotation out");
    }
    checkNumber(token);
    nest(token);
    count(token);
  }

  private void checkNumber(Token token) {
    boolean number =
        token.getType() == GroovyLexer.IntegerLiteral
            || token.getType() == GroovyLexer.FloatingPointLiteral;
    if (number && token.getText().length() > GroovyLimits.NUMBER_LENGTH) {
      throw Budget.tooManyDigits(span(token));
    }
  }

  private void nest(Token token) {
    switch (token.getType()) {
      case GroovyLexer.LPAREN,
          GroovyLexer.LBRACK,
          GroovyLexer.SAFE_INDEX,
          GroovyLexer.LBRACE,
          GroovyLexer.GStringBegin -> {
        if (++nesting > GroovyLimits.NESTING) {
          throw Refusal.limit(
              span(token),
              "brackets nest deeper than " + GroovyLimits.NESTING + " levels",
              "name an inner part: def part = …");
        }
      }
      case GroovyLexer.RPAREN, GroovyLexer.RBRACK, GroovyLexer.RBRACE, GroovyLexer.GStringEnd ->
          nesting--;
      default -> {}
    }
  }

  private void count(Token token) {
    Statement statement = statements.element();
    int type = token.getType();
    if (type == GroovyLexer.NL) {
      statement.endsUnlessContinued |= statement.brackets == 0 && !afterOperator;
      return;
    }
    boolean operator = isOperator(type);
    if (type == GroovyLexer.SEMI || statement.endsUnlessContinued && !operator) {
      statement.begin();
    }
    statement.endsUnlessContinued = false;
    statement.tokens++;
    statement.operators += operator ? 1 : 0;
    statement.assignments += isAssignment(type) ? 1 : 0;
    afterOperator = operator || type == GroovyLexer.COMMA;
    checkStatement(statement, token);
    switch (type) {
      case GroovyLexer.LBRACE -> statements.push(new Statement());
      case GroovyLexer.RBRACE -> closeBrace();
      case GroovyLexer.LPAREN, GroovyLexer.LBRACK, GroovyLexer.SAFE_INDEX -> statement.brackets++;
      case GroovyLexer.RPAREN, GroovyLexer.RBRACK -> statement.brackets--;
      default -> {}
    }
  }

  private void closeBrace() {
    if (statements.size() > 1) {
      statements.pop();
    }
  }

  private void checkStatement(Statement statement, Token token) {
    if (statement.tokens > GroovyLimits.STATEMENT_TOKENS) {
      throw Refusal.limit(
          span(token),
          "this statement has more than " + GroovyLimits.STATEMENT_TOKENS + " words and signs",
          "take it apart: def part = …");
    }
    if (statement.operators > GroovyLimits.OPERATORS) {
      throw Refusal.limit(
          span(token),
          "this statement has more than " + GroovyLimits.OPERATORS + " operators",
          "take it apart: def part = …; long texts stand in '''…'''");
    }
    if (statement.assignments > GroovyLimits.ASSIGNMENTS) {
      throw Refusal.limit(
          span(token),
          "this statement has more than " + GroovyLimits.ASSIGNMENTS + " assignments",
          "write one assignment a line");
    }
  }

  /** From {@code ..} to {@code >>>=} Groovy's lexer numbers operators, brackets and commas. */
  private static boolean isOperator(int type) {
    return switch (type) {
      case GroovyLexer.ARROW,
          GroovyLexer.LPAREN,
          GroovyLexer.RPAREN,
          GroovyLexer.LBRACE,
          GroovyLexer.RBRACE,
          GroovyLexer.LBRACK,
          GroovyLexer.RBRACK,
          GroovyLexer.SEMI,
          GroovyLexer.COMMA,
          GroovyLexer.COLON ->
          false;
      default -> type >= GroovyLexer.RANGE_INCLUSIVE && type <= GroovyLexer.ELVIS_ASSIGN;
    };
  }

  private static boolean isAssignment(int type) {
    return type == GroovyLexer.ASSIGN
        || type == GroovyLexer.POWER_ASSIGN
        || type >= GroovyLexer.ADD_ASSIGN && type <= GroovyLexer.ELVIS_ASSIGN;
  }

  private SourceSpan span(Token token) {
    int start = places.offset(token.getLine(), token.getCharPositionInLine() + 1);
    int length = Math.max(1, token.getText().length());
    return places.file().span(start, Math.min(start + length, places.file().text().length()));
  }
}
