package dev.pgrunbook.expression;

import dev.pgrunbook.expression.Token.Kind;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of an expression, by the grammar of CEL.
 *
 * <p>The tree is bounded in depth and size, so that whoever walks it needs no guard of his own.
 */
final class Parser {

  static final int LONGEST = 10_000;
  static final int DEEPEST = 64;
  static final int MOST_PARTS = 1_000;

  private final List<Token> tokens;
  private final List<Problem> problems = new ArrayList<>();
  private int at;
  private int depth;
  private int parts;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** A tree, and what is wrong with it although it could be read. */
  record Result(Node tree, List<Problem> problems) {}

  /**
   * Returns the tree of a text.
   *
   * @throws SyntaxException when there is none
   */
  static Result parse(String text) {
    if (text.length() > LONGEST) {
      throw new SyntaxException(
          0,
          text.length(),
          "the expression is longer than " + LONGEST + " characters",
          "let a query compute it");
    }
    Parser parser = new Parser(Lexer.tokens(text));
    if (parser.token().kind() == Kind.END) {
      throw new SyntaxException(
          0, text.length(), "an expression is missing", "write a name, such as status");
    }
    Node tree = parser.expression();
    if (parser.token().kind() != Kind.END) {
      throw parser.unexpected("the expression should end before " + parser.token().words());
    }
    return new Result(tree, parser.problems);
  }

  private Node expression() {
    enter();
    Node condition = either();
    if (!token().is("?")) {
      depth--;
      return condition;
    }
    int position = take().start();
    Node then = either();
    expect(":", "\":\" and the value otherwise");
    Node otherwise = expression();
    depth--;
    return part(new Node.Conditional(position, condition, then, otherwise));
  }

  private Node either() {
    Node left = both();
    while (token().is("||")) {
      int position = take().start();
      left = part(new Node.Logical(position, true, left, both()));
    }
    return left;
  }

  private Node both() {
    Node left = binary(0);
    while (token().is("&&")) {
      int position = take().start();
      left = part(new Node.Logical(position, false, left, binary(0)));
    }
    return left;
  }

  private Node binary(int level) {
    if (level == BinaryOperator.LEVELS) {
      return unary();
    }
    Node left = binary(level + 1);
    for (BinaryOperator operator = BinaryOperator.at(level, token());
        operator != null;
        operator = BinaryOperator.at(level, token())) {
      int position = take().start();
      left = part(new Node.Binary(position, operator, left, binary(level + 1)));
    }
    return left;
  }

  /** An even number of equal signs cancels out before anything is evaluated, as in CEL. */
  private Node unary() {
    int start = token().start();
    int count = 0;
    String sign = token().is("!") ? "!" : "-";
    while (token().is(sign)) {
      take();
      count++;
    }
    if (count == 1 && sign.equals("-") && isNumber(token())) {
      return postfix(negativeNumber(start));
    }
    Node operand = postfix(primary());
    if (count % 2 == 0) {
      return operand;
    }
    return part(
        sign.equals("!")
            ? new Node.Not(start, operand.end(), operand)
            : new Node.Negate(start, operand.end(), operand));
  }

  private static boolean isNumber(Token token) {
    return token.kind() == Kind.INTEGER || token.value() instanceof Value.DoubleValue;
  }

  private Node negativeNumber(int start) {
    Token number = take();
    Value value =
        number.value() instanceof Value.DoubleValue positive
            ? new Value.DoubleValue(-positive.value())
            : integer(number, "-");
    return part(new Node.Literal(start, number.end(), value));
  }

  private static Value integer(Token number, String sign) {
    boolean hexadecimal = number.text().startsWith("0x");
    try {
      return Value.integer(
          hexadecimal
              ? Long.parseLong(sign + number.text().substring(2), 16)
              : Long.parseLong(sign + number.text()));
    } catch (NumberFormatException tooLarge) {
      throw new SyntaxException(
          number.start(),
          number.end(),
          sign + number.text() + " does not fit into 64 bits",
          "write it with a fraction, as in 1.0, for a decimal number");
    }
  }

  private Node primary() {
    Token token = token();
    if (token.is("(")) {
      take();
      Node inner = expression();
      expect(")", "\")\"");
      return inner;
    }
    if (token.is("[")) {
      return list();
    }
    return switch (token.kind()) {
      case LITERAL -> literal(take().value(), token);
      case INTEGER -> literal(integer(take(), ""), token);
      case KEYWORD -> literal(keyword(token), take());
      case NAME -> name();
      case SIGN, END -> throw valueExpected();
    };
  }

  private Node literal(Value value, Token token) {
    return part(new Node.Literal(token.start(), token.end(), value));
  }

  private Value keyword(Token token) {
    return switch (token.text()) {
      case "true" -> Value.bool(true);
      case "false" -> Value.bool(false);
      case "null" -> Value.none();
      default -> throw valueExpected();
    };
  }

  private Node list() {
    int start = take().start();
    List<Node> items = operands("]");
    return part(new Node.ListLiteral(start, lastEnd(), items));
  }

  /** Reads up to and with the closing sign; in a list, a comma may follow the last item. */
  private List<Node> operands(String closing) {
    List<Node> operands = new ArrayList<>();
    while (!token().is(closing)) {
      operands.add(expression());
      if (token().is(",")) {
        take();
        if (token().is(closing) && closing.equals(")")) {
          throw valueExpected();
        }
      } else if (!token().is(closing)) {
        throw unexpected("expected \",\" or \"" + closing + "\", not " + token().words());
      }
    }
    take();
    return operands;
  }

  private Node name() {
    Token name = take();
    if (token().is("(")) {
      take();
      return call(name, null, operands(")"));
    }
    if (Words.isReserved(name.text())) {
      throw new SyntaxException(
          name.start(),
          name.end(),
          "\"" + name.text() + "\" is a reserved word and names no variable",
          "give the column another name with AS");
    }
    return part(new Node.Name(name.start(), name.end(), name.text()));
  }

  private Node postfix(Node primary) {
    Node node = primary;
    while (token().is(".") || token().is("[")) {
      if (take().text().equals(".")) {
        node = member(node);
      } else {
        Node key = expression();
        expect("]", "\"]\"");
        node = part(new Node.Index(node.start(), lastEnd(), node, key));
      }
    }
    return node;
  }

  private Node member(Node target) {
    Token name = token();
    if (name.kind() != Kind.NAME) {
      throw new SyntaxException(
          name.start(),
          name.end(),
          "expected the name of a member after \".\", not " + name.words(),
          "a member with another name is written row['Odd name']");
    }
    take();
    if (!token().is("(")) {
      return part(new Node.Member(target.start(), name.end(), target, name.text()));
    }
    take();
    return call(name, target, operands(")"));
  }

  private Node call(Token name, @Nullable Node target, List<Node> arguments) {
    int start = target == null ? name.start() : target.start();
    Function function = Function.named(name.text());
    List<Node> operands = new ArrayList<>(arguments);
    if (target != null) {
      operands.add(0, target);
    }
    if (function == null) {
      unknownFunction(name);
    } else if (function.isCalled(target != null) && operands.size() == function.operands()) {
      return part(new Node.Call(start, lastEnd(), name.start(), function, operands));
    } else {
      misused(name, function, target != null, arguments.size());
    }
    return part(new Node.Literal(start, lastEnd(), Value.none()));
  }

  private void unknownFunction(Token name) {
    String near = Spelling.didYouMean(name.text(), Function.words());
    String hint = near == null ? "there are " + String.join(", ", Function.words()) : near;
    problems.add(
        new Problem(
            Problem.UNKNOWN_FUNCTION,
            name.start(),
            name.end(),
            "unknown function \"" + name.text() + "\"",
            hint));
  }

  private void misused(Token name, Function function, boolean asMember, int arguments) {
    String message =
        function.isCalled(asMember)
            ? "\"" + name.text() + "\" does not take " + count(arguments)
            : "\"" + name.text() + "\" is not called like this";
    problems.add(
        new Problem(Problem.TYPE, name.start(), name.end(), message, "write " + function.usage()));
  }

  private static String count(int arguments) {
    return arguments == 0
        ? "no argument"
        : arguments + (arguments == 1 ? " argument" : " arguments");
  }

  private Node part(Node node) {
    if (++parts > MOST_PARTS) {
      throw new SyntaxException(
          node.start(),
          node.end(),
          "the expression has more than " + MOST_PARTS + " parts",
          "let a query compute it");
    }
    return node;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw new SyntaxException(
          token().start(),
          token().end(),
          "the expression is nested more than " + DEEPEST + " deep",
          "let a query compute it");
    }
  }

  private Token token() {
    return tokens.get(at);
  }

  private Token take() {
    return tokens.get(at++);
  }

  private int lastEnd() {
    return tokens.get(at - 1).end();
  }

  private void expect(String sign, String words) {
    if (!token().is(sign)) {
      throw unexpected("expected " + words + ", not " + token().words());
    }
    take();
  }

  private SyntaxException valueExpected() {
    return unexpected("expected a value, not " + token().words());
  }

  private SyntaxException unexpected(String message) {
    Token found = token();
    Token before = at == 0 ? found : tokens.get(at - 1);
    return new SyntaxException(
        found.start(), found.end(), message, Words.misplacedHint(before, found));
  }
}
