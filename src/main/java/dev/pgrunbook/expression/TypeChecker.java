package dev.pgrunbook.expression;

import dev.pgrunbook.expression.Type.ListType;
import dev.pgrunbook.expression.Type.RowType;
import dev.pgrunbook.source.Spelling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives every part of a tree its type; a part that is wrong is told once and then dynamic. */
final class TypeChecker implements Node.Fold<Type> {

  private final TypeScope scope;
  private final List<Problem> problems = new ArrayList<>();

  TypeChecker(TypeScope scope) {
    this.scope = scope;
  }

  List<Problem> problems() {
    return problems;
  }

  Type check(Node node) {
    return node.fold(this);
  }

  /** Tells when a type is not what was asked for. */
  void expect(Node node, Type found, Type expected, String subject) {
    boolean fits =
        Types.isUndecided(found)
            || expected == Type.DYNAMIC
            || (expected == Type.NUMBER
                ? Types.isNumeric(found)
                : Types.join(found, expected) != null);
    if (!fits) {
      String wanted = expected == Type.BOOL ? "true or false" : expected.words();
      report(node, subject + " must be " + wanted + ", not " + found.words(), null);
    }
  }

  private Type report(Node node, String message, @Nullable String hint) {
    problems.add(new Problem(Problem.TYPE, node.start(), node.end(), message, hint));
    return Type.DYNAMIC;
  }

  @Override
  public Type literal(Node.Literal node) {
    return Type.of(node.value());
  }

  @Override
  public Type listLiteral(Node.ListLiteral node) {
    Type element = null;
    for (Node item : node.items()) {
      Type type = check(item);
      Type joined = element == null ? type : Types.join(element, type);
      element = joined == null ? Type.DYNAMIC : joined;
    }
    return Type.list(element == null ? Type.DYNAMIC : element);
  }

  @Override
  public Type name(Node.Name node) {
    Type type = scope.lookup(node.name());
    if (type == null) {
      problems.add(
          new Problem(
              Problem.UNKNOWN_NAME,
              node.start(),
              node.end(),
              "unknown name \"" + node.name() + "\"",
              Spelling.didYouMean(node.name(), scope.names())));
      return Type.DYNAMIC;
    }
    return type;
  }

  @Override
  public Type member(Node.Member node) {
    Type target = check(node.target());
    if (target instanceof RowType row) {
      return field(row, node.name(), node.position(), node.end());
    }
    if (Types.isUndecided(target)) {
      return Type.DYNAMIC;
    }
    String hint = target instanceof ListType ? "take one row of it first: rows[0]." : null;
    problems.add(
        new Problem(
            Problem.UNKNOWN_MEMBER,
            node.position(),
            node.end(),
            target.words() + " has no member \"" + node.name() + "\"",
            hint == null ? null : hint + node.name()));
    return Type.DYNAMIC;
  }

  private Type field(RowType row, String name, int start, int end) {
    Type type = row.fields().get(name);
    if (type == null && !row.open()) {
      problems.add(
          new Problem(
              Problem.UNKNOWN_MEMBER,
              start,
              end,
              "the row has no \"" + name + "\"",
              Spelling.didYouMean(name, row.fields().keySet())));
    }
    return type == null ? Type.DYNAMIC : type;
  }

  @Override
  public Type index(Node.Index node) {
    Type target = check(node.target());
    Type key = check(node.key());
    if (target instanceof RowType row && (key == Type.STRING || Types.isUndecided(key))) {
      return node.key() instanceof Node.Literal literal && Texts.isText(literal.value())
          ? field(row, Texts.content(literal.value()), literal.start(), literal.end())
          : Type.DYNAMIC;
    }
    if (target instanceof ListType list && (key == Type.INT || Types.isUndecided(key))) {
      return list.element();
    }
    if (Types.isUndecided(target) && !(key instanceof ListType) && !(key instanceof RowType)) {
      return Type.DYNAMIC;
    }
    return report(
        node.key(),
        "cannot take the element at " + key.words() + " of " + target.words(),
        target instanceof ListType ? "elements count from 0" : null);
  }

  @Override
  public Type call(Node.Call node) {
    for (Node operand : node.operands()) {
      Type type = check(operand);
      if (!Types.takes(node.function(), type)) {
        report(operand, Calls.refuse(node.function(), type.words()), null);
      }
    }
    if (node.function() == Function.MATCHES) {
      pattern(node.operands().get(1));
    }
    return Types.result(node.function());
  }

  private void pattern(Node node) {
    if (node instanceof Node.Literal literal && Texts.isText(literal.value())) {
      try {
        Patterns.check(Texts.content(literal.value()));
      } catch (OperationException malformed) {
        report(node, String.valueOf(malformed.getMessage()), malformed.hint());
      }
    }
  }

  @Override
  public Type not(Node.Not node) {
    truth("!", node.operand());
    return Type.BOOL;
  }

  @Override
  public Type negate(Node.Negate node) {
    Type type = check(node.operand());
    if (type == Type.DYNAMIC || Types.isNumeric(type)) {
      return type;
    }
    return report(node.operand(), "cannot negate " + type.words(), null);
  }

  @Override
  public Type binary(Node.Binary node) {
    Type left = check(node.left());
    Type right = check(node.right());
    Type result = Types.result(node.operator(), left, right);
    if (result != null) {
      return result;
    }
    BinaryOperator operator = node.operator();
    problems.add(
        new Problem(
            Problem.TYPE,
            node.start(),
            node.end(),
            operator.refuse(left, right),
            operator.hint(left, right)));
    return Types.alwaysGives(operator);
  }

  @Override
  public Type logical(Node.Logical node) {
    truth(node.sign(), node.left());
    truth(node.sign(), node.right());
    return Type.BOOL;
  }

  private void truth(String sign, Node operand) {
    Type type = check(operand);
    if (type != Type.BOOL && type != Type.DYNAMIC) {
      report(operand, "\"" + sign + "\" takes booleans, not " + type.words(), null);
    }
  }

  @Override
  public Type conditional(Node.Conditional node) {
    truth("? :", node.condition());
    Type then = check(node.then());
    Type otherwise = check(node.otherwise());
    Type joined = Types.join(then, otherwise);
    if (joined != null) {
      return joined;
    }
    String message =
        "\"? :\" gives " + then.words() + " or " + otherwise.words() + "; both must be of one type";
    return report(node, message, BinaryOperator.EQUAL.hint(then, otherwise));
  }
}
