package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Decimal;
import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Reference;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Truth;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.syntax.ScalarNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.UnaryPlusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Evaluates expressions, by the exact class of their nodes. */
final class Expressions {

  private final Evaluation evaluation;
  private final Assignments assignments;

  Expressions(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.assignments = new Assignments(evaluation);
  }

  Datum evaluate(Expression expression, Scope scope) {
    evaluation.budget().step(span(expression));
    Class<?> type = expression.getClass();
    if (type == ConstantExpression.class) {
      return constant((ConstantExpression) expression);
    }
    if (type == GStringExpression.class) {
      return evaluation.texts().interpolated((GStringExpression) expression, scope);
    }
    if (type == VariableExpression.class) {
      return variable((VariableExpression) expression, scope);
    }
    if (type == MethodCallExpression.class) {
      return evaluation.functions().call((MethodCallExpression) expression, scope, false);
    }
    if (type == PropertyExpression.class) {
      return property((PropertyExpression) expression, scope);
    }
    if (type == BinaryExpression.class) {
      return binary((BinaryExpression) expression, scope);
    }
    if (type == DeclarationExpression.class) {
      return assignments.declare((DeclarationExpression) expression, scope);
    }
    if (type == ListExpression.class) {
      return list((ListExpression) expression, scope);
    }
    if (type == MapExpression.class || type == NamedArgumentListExpression.class) {
      return map((MapExpression) expression, scope);
    }
    if (type == ClosureExpression.class) {
      return closure((ClosureExpression) expression, scope);
    }
    return operand(expression, type, scope);
  }

  private Datum operand(Expression expression, Class<?> type, Scope scope) {
    SourceSpan span = span(expression);
    if (type == TernaryExpression.class) {
      TernaryExpression choice = (TernaryExpression) expression;
      boolean taken = isTrue(choice.getBooleanExpression(), scope);
      return evaluate(taken ? choice.getTrueExpression() : choice.getFalseExpression(), scope);
    }
    if (type == ElvisOperatorExpression.class) {
      ElvisOperatorExpression choice = (ElvisOperatorExpression) expression;
      Datum value = evaluate(choice.getTrueExpression(), scope);
      return evaluation.comparison().isTrue(value)
          ? value
          : evaluate(choice.getFalseExpression(), scope);
    }
    if (type == NotExpression.class) {
      return new Truth(span, !isTrue((BooleanExpression) expression, scope));
    }
    if (type == BooleanExpression.class) {
      return new Truth(span, isTrue((BooleanExpression) expression, scope));
    }
    if (type == UnaryMinusExpression.class) {
      Datum value = evaluate(((UnaryMinusExpression) expression).getExpression(), scope);
      return evaluation.arithmetic().negate(value, span);
    }
    if (type == UnaryPlusExpression.class) {
      return evaluate(((UnaryPlusExpression) expression).getExpression(), scope);
    }
    if (type == PrefixExpression.class) {
      return assignments.prefix((PrefixExpression) expression, scope);
    }
    if (type == PostfixExpression.class) {
      return assignments.postfix((PostfixExpression) expression, scope);
    }
    if (type == RangeExpression.class) {
      return range((RangeExpression) expression, scope);
    }
    throw Refusal.of(span, "this expression is refused", null);
  }

  boolean isTrue(BooleanExpression condition, Scope scope) {
    return evaluation.comparison().isTrue(evaluate(condition.getExpression(), scope));
  }

  private Datum constant(ConstantExpression constant) {
    SourceSpan span = span(constant);
    Object value = constant.getValue();
    if (value == null) {
      return new Nothing(span);
    }
    if (value instanceof String text) {
      return evaluation.texts().literal(constant, text);
    }
    if (value instanceof Boolean truth) {
      return new Truth(span, truth);
    }
    if (value instanceof BigDecimal decimal) {
      return new Decimal(span, evaluation.budget().number(decimal, span));
    }
    if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      refuseOctal(span);
      return new Whole(span, evaluation.budget().number(new BigInteger(value.toString()), span));
    }
    throw Refusal.of(
        span, "inexact numbers are refused", "write it without the letter behind it: 1.5");
  }

  private static void refuseOctal(SourceSpan span) {
    String written = span.file().text().substring(span.start(), span.end());
    boolean octal = written.length() > 1 && written.startsWith("0");
    if (octal && Character.isDigit(written.charAt(1))) {
      throw Refusal.of(
          span,
          "a number that begins with 0 is octal in Groovy",
          "write it in quotes, or without the 0");
    }
  }

  private Datum variable(VariableExpression variable, Scope scope) {
    String name = variable.getName();
    SourceSpan span = span(variable);
    Scope.Slot slot = scope.find(name);
    if (slot != null) {
      Datum value = slot.value();
      if (value == null) {
        throw Evaluation.silent();
      }
      return value;
    }
    evaluation.checkVisible(name, span);
    return reference(span, name);
  }

  /** A name that no local has is one of the runbook; it may stand in parentheses. */
  private static Reference reference(SourceSpan span, String name) {
    int start = span.file().text().indexOf(name, span.start());
    SourceText path =
        start < 0 || start + name.length() > span.end()
            ? SourceText.builder(span.file())
                .appendInstead(name, span.start(), span.end())
                .build(span.start())
            : SourceText.verbatim(span.file(), start, start + name.length());
    return new Reference(span, path);
  }

  private Datum property(PropertyExpression property, Scope scope) {
    Datum object = evaluate(property.getObjectExpression(), scope);
    SourceSpan span = span(property);
    String name = property.getPropertyAsString();
    if (object instanceof Reference reference) {
      evaluation.budget().text(reference.path().text().length() + name.length(), span);
      return new Reference(
          span,
          SourceText.builder(span.file())
              .append(reference.path())
              .appendInstead("." + name, span.start(), span.end())
              .build(span.start()));
    }
    if (object instanceof Nothing && property.isSafe()) {
      return object;
    }
    if (object instanceof Mapping map) {
      Mapping.Field field = map.fields().get(name);
      return field == null ? new Nothing(span) : field.value();
    }
    throw Refusal.of(
        "groovy-unknown-method",
        span(property.getProperty()),
        object.kind() + " has no property \"" + name + "\"",
        object instanceof Nothing
            ? "write ?. where null is meant to stay null"
            : "methods are called with parentheses: ." + name + "()");
  }

  private Datum binary(BinaryExpression binary, Scope scope) {
    String operator = binary.getOperation().getText();
    SourceSpan span = span(binary);
    Expression first = binary.getLeftExpression();
    Expression second = binary.getRightExpression();
    return switch (operator) {
      case "&&" -> new Truth(span, isTrue(first, scope) && isTrue(second, scope));
      case "||" -> new Truth(span, isTrue(first, scope) || isTrue(second, scope));
      case "=", "+=", "-=", "*=", "/=", "%=", "?=" -> assignments.assign(binary, operator, scope);
      default -> {
        Datum left = evaluate(first, scope);
        boolean absent = operator.equals("?[") && left instanceof Nothing;
        yield absent
            ? left
            : evaluation.arithmetic().apply(operator, left, evaluate(second, scope), span);
      }
    };
  }

  private boolean isTrue(Expression expression, Scope scope) {
    return evaluation.comparison().isTrue(evaluate(expression, scope));
  }

  private Datum list(ListExpression list, Scope scope) {
    evaluation.budget().elements(list.getExpressions().size(), span(list));
    List<Datum> items = new ArrayList<>();
    for (Expression item : list.getExpressions()) {
      items.add(evaluate(item, scope));
    }
    return new Listing(span(list), items);
  }

  Mapping map(MapExpression map, Scope scope) {
    evaluation.budget().elements(map.getMapEntryExpressions().size(), span(map));
    Mapping result = Datum.emptyMap(span(map));
    for (MapEntryExpression entry : map.getMapEntryExpressions()) {
      ScalarNode key = key(entry.getKeyExpression(), scope);
      Mapping.Field first = result.fields().get(key.text());
      if (first != null) {
        throw duplicate(key, first.key());
      }
      result.put(key, evaluate(entry.getValueExpression(), scope));
    }
    return result;
  }

  /** Refuses a key that has been said. */
  static Refusal duplicate(ScalarNode key, ScalarNode first) {
    return Refusal.of(
        dev.pgrunbook.source.Diagnostic.error(
                "groovy-duplicate", key.span(), "the key \"" + key.text() + "\" is said twice")
            .withHint("leave one of the two out")
            .withRelated("the first", first.span()));
  }

  private ScalarNode key(Expression expression, Scope scope) {
    SourceSpan span = span(expression);
    if (expression.getClass() == ConstantExpression.class) {
      Object name = ((ConstantExpression) expression).getValue();
      boolean bare =
          name instanceof String text && span.file().text().startsWith(text, span.start());
      if (bare && span.end() - span.start() == ((String) name).length()) {
        SourceText content = SourceText.verbatim(span.file(), span.start(), span.end());
        return new ScalarNode(span, content, ScalarNode.Style.PLAIN);
      }
    }
    return textKey(evaluate(expression, scope), span);
  }

  /** Returns a value as a key. */
  static ScalarNode textKey(Datum key, SourceSpan span) {
    if (key instanceof Text text) {
      return new ScalarNode(span, text.content(), ScalarNode.Style.TEXT);
    }
    throw Refusal.of(span, "a key is a text, not " + key.kind(), "write [name: …] or [(name): …]");
  }

  private Datum closure(ClosureExpression closure, Scope scope) {
    Parameter[] parameters = closure.getParameters();
    boolean implicit = parameters != null && parameters.length == 0;
    List<Parameter> named = parameters == null ? List.of() : List.of(parameters);
    return new Function(span(closure), named, implicit, closure.getCode(), scope);
  }

  private Datum range(RangeExpression range, Scope scope) {
    SourceSpan span = span(range);
    BigInteger from = bound(evaluate(range.getFrom(), scope), span);
    BigInteger to = bound(evaluate(range.getTo(), scope), span);
    boolean up = from.compareTo(to) <= 0;
    BigInteger step = up ? BigInteger.ONE : BigInteger.ONE.negate();
    boolean empty = from.equals(to) && (range.isExclusiveLeft() || range.isExclusiveRight());
    BigInteger first = range.isExclusiveLeft() ? from.add(step) : from;
    BigInteger last = range.isExclusiveRight() ? to.subtract(step) : to;
    BigInteger size = last.subtract(first).multiply(step).add(BigInteger.ONE);
    int bounded = size.bitLength() > 31 ? Integer.MAX_VALUE : size.intValueExact();
    int length = empty ? 0 : Math.max(0, bounded);
    evaluation.budget().elements(length, span);
    List<Datum> items = new ArrayList<>();
    BigInteger next = first;
    for (int i = 0; i < length; i++, next = next.add(step)) {
      items.add(new Whole(span, next));
    }
    return new Listing(span, items);
  }

  private static BigInteger bound(Datum datum, SourceSpan span) {
    if (datum instanceof Whole whole) {
      return whole.value();
    }
    if (datum instanceof Reference reference) {
      throw Comparison.unknown(reference);
    }
    throw Refusal.of(span, "a range goes from one whole number to another", "write 1..10");
  }

  private SourceSpan span(Expression expression) {
    return evaluation.places().span(expression);
  }
}
