package dev.pgrunbook.expression;

import dev.pgrunbook.expression.Token.Kind;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DoubleValue;
import java.util.ArrayList;
import java.util.List;

/** Cuts an expression into tokens, by the lexical rules of CEL. */
final class Lexer {

  private static final String[] SIGNS = {
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",",
    "(", ")", "[", "]"
  };

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** Returns the tokens, the last of which is the end. */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.skipSpace()) {
      lexer.next();
    }
    lexer.add(Kind.END, text.length(), "", Value.none());
    return lexer.tokens;
  }

  private boolean skipSpace() {
    while (at < text.length() && " \t\n\r\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length();
  }

  private void next() {
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      string(at, false);
    } else if ((first == 'r' || first == 'R') && isQuote(peek(1))) {
      string(at + 1, true);
    } else if (isLetter(first)) {
      word();
    } else if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
      number();
    } else {
      sign();
    }
  }

  private void string(int quote, boolean raw) {
    StringLiteral literal = StringLiteral.read(text, at, quote, raw);
    int start = at;
    at = literal.end();
    add(Kind.LITERAL, start, text.substring(start, at), Value.text(literal.value()));
  }

  private void word() {
    int start = at;
    while (isLetter(peek(0)) || isDigit(peek(0))) {
      at++;
    }
    String word = text.substring(start, at);
    boolean keyword = Words.isKeyword(word);
    add(keyword ? Kind.KEYWORD : Kind.NAME, start, word, Value.none());
  }

  private void number() {
    int start = at;
    if (peek(0) == '0' && peek(1) == 'x' && Character.digit(peek(2), 16) >= 0) {
      at += 2;
      while (peek(0) < 128 && Character.digit(peek(0), 16) >= 0) {
        at++;
      }
      endOfNumber(start);
      add(Kind.INTEGER, start, text.substring(start, at), Value.none());
      return;
    }
    digits();
    boolean fraction = peek(0) == '.' && isDigit(peek(1));
    if (fraction) {
      at++;
      digits();
    }
    boolean exponent = exponent();
    endOfNumber(start);
    String digits = text.substring(start, at);
    if (fraction || exponent) {
      add(Kind.LITERAL, start, digits, new DoubleValue(Double.parseDouble(digits)));
    } else {
      add(Kind.INTEGER, start, digits, Value.none());
    }
  }

  private void digits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  private boolean exponent() {
    int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if ((peek(0) != 'e' && peek(0) != 'E') || !isDigit(peek(1 + sign))) {
      return false;
    }
    at += 1 + sign;
    digits();
    return true;
  }

  private void endOfNumber(int start) {
    if (isLetter(peek(0)) || isDigit(peek(0))) {
      while (isLetter(peek(0)) || isDigit(peek(0))) {
        at++;
      }
      String word = text.substring(start, at);
      throw new SyntaxException(start, at, "\"" + word + "\" is not a number", null);
    }
  }

  private void sign() {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        int start = at;
        at += sign.length();
        add(Kind.SIGN, start, sign, Value.none());
        return;
      }
    }
    int point = text.codePointAt(at);
    int end = at + Character.charCount(point);
    String character = text.substring(at, end);
    throw new SyntaxException(
        at, end, "\"" + character + "\" means nothing in an expression", Words.signHint(character));
  }

  private void add(Kind kind, int start, String word, Value value) {
    tokens.add(new Token(kind, start, kind == Kind.END ? start : at, word, value));
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
