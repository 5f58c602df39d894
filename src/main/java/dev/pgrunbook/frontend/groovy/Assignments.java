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
import java.math.BigInteger;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Declares local names, and changes them and the elements of lists and maps. */
final class Assignments {

  private final Evaluation evaluation;

  Assignments(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  Datum declare(DeclarationExpression declaration, Scope scope) {
    VariableExpression variable = declaration.getVariableExpression();
    SourceSpan span = evaluation.places().span(variable);
    refuseSecond(variable.getName(), span, scope);
    Scope.Slot slot = new Scope.Slot(variable.getOriginType(), null);
    try {
      Expression right = declaration.getRightExpression();
      Datum value =
          right instanceof EmptyExpression
              ? new Nothing(span)
              : known(evaluation.expressions().evaluate(right, scope));
      slot.assign(fitting(slot.type(), value, span));
      return value;
    } finally {
      scope.declare(variable.getName(), slot);
    }
  }

  /** A name that is declared twice would hide the first, which Groovy refuses as well. */
  static void refuseSecond(String name, SourceSpan span, Scope scope) {
    if (scope.find(name) != null) {
      throw Refusal.of(
          "groovy-duplicate",
          span,
          "the local name " + name + " is declared already",
          "assign without def, or give it a name of its own");
    }
  }

  /** A copy of a name would look like a value; it has none. */
  private static Datum known(Datum value) {
    if (value instanceof Reference reference) {
      throw Comparison.unknown(reference);
    }
    return value;
  }

  /** Returns a value when it is what a declared type says; nothing is ever converted. */
  static Datum fitting(ClassNode type, Datum value, SourceSpan span) {
    String name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
    boolean fits =
        switch (name) {
          case "String" -> value instanceof Text || value instanceof Nothing;
          case "int", "Integer", "long", "Long", "BigInteger" -> value instanceof Whole;
          case "boolean", "Boolean" -> value instanceof Truth;
          case "BigDecimal", "Number" -> value instanceof Whole || value instanceof Decimal;
          case "List" -> value instanceof Listing || value instanceof Nothing;
          case "Map" -> value instanceof Mapping || value instanceof Nothing;
          case "Closure" -> value instanceof Function;
          default -> true;
        };
    if (!fits) {
      throw Refusal.of(
          span,
          "this is " + value.kind() + ", and the type " + name + " was declared",
          "nothing is converted by a type; write def, or convert it yourself");
    }
    return value;
  }

  Datum assign(BinaryExpression assignment, String operator, Scope scope) {
    Expression left = assignment.getLeftExpression();
    SourceSpan span = evaluation.places().span(assignment);
    Datum right;
    if (operator.equals("=")) {
      right = evaluation.expressions().evaluate(assignment.getRightExpression(), scope);
    } else {
      requireLocal(left, scope);
      Datum before = evaluation.expressions().evaluate(left, scope);
      if (operator.equals("?=")) {
        if (evaluation.comparison().isTrue(before)) {
          return before;
        }
        right = evaluation.expressions().evaluate(assignment.getRightExpression(), scope);
      } else {
        Datum by = evaluation.expressions().evaluate(assignment.getRightExpression(), scope);
        String plain = operator.substring(0, operator.length() - 1);
        right = evaluation.arithmetic().apply(plain, before, by, span);
      }
    }
    store(left, known(right), scope, span);
    return right;
  }

  private void requireLocal(Expression left, Scope scope) {
    if (left instanceof VariableExpression variable) {
      slot(variable, scope);
    }
  }

  private void store(Expression left, Datum value, Scope scope, SourceSpan span) {
    Class<?> type = left.getClass();
    if (type == VariableExpression.class) {
      Scope.Slot slot = slot((VariableExpression) left, scope);
      slot.assign(fitting(slot.type(), value, span));
    } else if (type == PropertyExpression.class) {
      PropertyExpression property = (PropertyExpression) left;
      Datum object = evaluation.expressions().evaluate(property.getObjectExpression(), scope);
      SourceSpan place = evaluation.places().span(property.getProperty());
      String name = property.getPropertyAsString();
      SourceText key =
          SourceText.builder(place.file())
              .appendInstead(name, place.start(), place.end())
              .build(place.start());
      put(object, new ScalarNode(place, key, ScalarNode.Style.PLAIN), value, span);
    } else if (left instanceof BinaryExpression index
        && index.getOperation().getText().equals("[")) {
      Datum object = evaluation.expressions().evaluate(index.getLeftExpression(), scope);
      Datum key = evaluation.expressions().evaluate(index.getRightExpression(), scope);
      putAt(object, key, value, span);
    } else {
      throw Refusal.of(span, "nothing can be assigned to this", "assign to a local name");
    }
  }

  private Scope.Slot slot(VariableExpression variable, Scope scope) {
    String name = variable.getName();
    Scope.Slot slot = scope.find(name);
    if (slot == null) {
      SourceSpan span = evaluation.places().span(variable);
      evaluation.checkVisible(name, span);
      String meant = evaluation.suggestion(name, scope);
      String hint = "declare it: def " + name + " = …; a key is written without =: " + name + " …";
      throw Refusal.of(
          span, "there is no local name " + name + " to assign to", meant == null ? hint : meant);
    }
    return slot;
  }

  private void put(Datum object, ScalarNode key, Datum value, SourceSpan span) {
    if (!(object instanceof Mapping map)) {
      throw notChangeable(object, span);
    }
    evaluation.arithmetic().checkInsertion(object, value, span);
    evaluation.budget().elements(map.fields().size() + 1L, span);
    map.put(key, value);
  }

  void putAt(Datum object, Datum key, Datum value, SourceSpan span) {
    if (object instanceof Mapping) {
      put(object, Expressions.textKey(key, span), value, span);
      return;
    }
    if (!(object instanceof Listing list)) {
      throw notChangeable(object, span);
    }
    int index = evaluation.arithmetic().index(key, list.items().size(), span);
    if (index > list.items().size()) {
      throw Refusal.of(span, "the list has no element " + index, "append with list << value");
    }
    evaluation.arithmetic().checkInsertion(object, value, span);
    if (index == list.items().size()) {
      evaluation.budget().elements(index + 1L, span);
      list.items().add(value);
    } else {
      list.items().set(index, value);
    }
  }

  private static Refusal notChangeable(Datum object, SourceSpan span) {
    if (object instanceof Reference reference) {
      return Comparison.unknown(reference);
    }
    return Refusal.of(
        span, "an element of " + object.kind() + " cannot be assigned", "lists and maps can");
  }

  Datum prefix(PrefixExpression expression, Scope scope) {
    return increment(
        expression.getExpression(), expression.getOperation().getText(), scope, expression, true);
  }

  Datum postfix(PostfixExpression expression, Scope scope) {
    return increment(
        expression.getExpression(), expression.getOperation().getText(), scope, expression, false);
  }

  private Datum increment(
      Expression target, String operator, Scope scope, Expression whole, boolean after) {
    SourceSpan span = evaluation.places().span(whole);
    if (!(target instanceof VariableExpression variable)) {
      throw Refusal.of(span, operator + " counts local names only", "write x += 1");
    }
    Scope.Slot slot = slot(variable, scope);
    Datum before = evaluation.expressions().evaluate(target, scope);
    Datum one = new Whole(span, BigInteger.ONE);
    Datum next = evaluation.arithmetic().apply(operator.substring(1), before, one, span);
    slot.assign(next);
    return after ? next : before;
  }
}
