package dev.pgrunbook.expression;

import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.BooleanValue;
import dev.pgrunbook.value.Value.IntegerValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.util.ArrayList;
import java.util.List;

/** Gives every part of a tree its value. */
final class Evaluator implements Node.Fold<Value> {

  private final String text;
  private final Scope scope;

  Evaluator(String text, Scope scope) {
    this.text = text;
    this.scope = scope;
  }

  /** Returns a part's value; a failure is told where the innermost part at fault stands. */
  Value evaluate(Node node) {
    try {
      return node.fold(this);
    } catch (OperationException failure) {
      throw new EvaluationException(text, node.position(), failure);
    }
  }

  @Override
  public Value literal(Node.Literal node) {
    return node.value();
  }

  @Override
  public Value listLiteral(Node.ListLiteral node) {
    return new ListValue(evaluateAll(node.items()));
  }

  private List<Value> evaluateAll(List<Node> nodes) {
    List<Value> values = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      values.add(evaluate(node));
    }
    return values;
  }

  @Override
  public Value name(Node.Name node) {
    Value value = scope.lookup(node.name());
    if (value == null) {
      throw OperationException.of("unknown name \"" + node.name() + "\"");
    }
    return value;
  }

  @Override
  public Value member(Node.Member node) {
    Value target = evaluate(node.target());
    if (target instanceof RowValue row) {
      return field(row, node.name());
    }
    throw OperationException.of(
        Type.of(target).words() + " has no member \"" + node.name() + "\"",
        target instanceof ListValue ? "take one row of it first: rows[0]." + node.name() : null,
        target.isNull());
  }

  private static Value field(RowValue row, String name) {
    Value value = row.fields().get(name);
    if (value == null) {
      throw OperationException.of(
          "the row has no \"" + name + "\"", Spelling.didYouMean(name, row.fields().keySet()));
    }
    return value;
  }

  @Override
  public Value index(Node.Index node) {
    Value target = evaluate(node.target());
    Value key = evaluate(node.key());
    if (target instanceof RowValue row && Texts.isText(key)) {
      return field(row, Texts.content(key));
    }
    if (target instanceof ListValue list && Numbers.isNumber(key)) {
      return item(list.items(), key);
    }
    throw OperationException.of(
        "cannot take the element at " + Type.of(key).words() + " of " + Type.of(target).words(),
        null,
        target.isNull() || key.isNull());
  }

  private static Value item(List<Value> items, Value key) {
    double position = Numbers.asDouble(key);
    if (!(position >= 0 && position < items.size() && position == Math.rint(position))) {
      String shown =
          key instanceof IntegerValue integer
              ? Long.toString(integer.value())
              : Double.toString(position);
      throw OperationException.of(
          "there is no element " + shown + " in a list of " + items.size(),
          "elements count from 0");
    }
    return items.get((int) position);
  }

  @Override
  public Value call(Node.Call node) {
    return Calls.apply(node.function(), evaluateAll(node.operands()));
  }

  @Override
  public Value not(Node.Not node) {
    return Value.bool(!truth("!", evaluate(node.operand())));
  }

  @Override
  public Value negate(Node.Negate node) {
    return Numbers.negate(evaluate(node.operand()));
  }

  @Override
  public Value binary(Node.Binary node) {
    Value left = evaluate(node.left());
    Value right = evaluate(node.right());
    return switch (node.operator()) {
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
          Value.bool(Comparison.holds(node.operator(), left, right));
      case EQUAL -> Value.bool(Comparison.equal(left, right));
      case NOT_EQUAL -> Value.bool(!Comparison.equal(left, right));
      case IN -> Value.bool(Comparison.isIn(left, right));
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
          Numbers.apply(node.operator(), left, right);
    };
  }

  /** The deciding operand decides on either side, also when the other one failed, as in CEL. */
  @Override
  public Value logical(Node.Logical node) {
    boolean left;
    try {
      left = truth(node.sign(), evaluate(node.left()));
    } catch (EvaluationException failure) {
      if (truth(node.sign(), evaluate(node.right())) == node.deciding()) {
        return Value.bool(node.deciding());
      }
      throw failure;
    }
    return left == node.deciding()
        ? Value.bool(left)
        : Value.bool(truth(node.sign(), evaluate(node.right())));
  }

  @Override
  public Value conditional(Node.Conditional node) {
    return truth("? :", evaluate(node.condition()))
        ? evaluate(node.then())
        : evaluate(node.otherwise());
  }

  private static boolean truth(String sign, Value value) {
    if (value instanceof BooleanValue bool) {
      return bool.value();
    }
    throw OperationException.of(
        "\"" + sign + "\" takes booleans, not " + Type.of(value).words(),
        value.isNull() ? "write x == true where x may be null" : null,
        value.isNull());
  }
}
