package dev.pgrunbook.frontend.groovy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.AttributeExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.BitwiseNegationExpression;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.LambdaExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.MethodReferenceExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.NotExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.TernaryExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.ast.expr.UnaryPlusExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** Admits expressions, by the exact class of their nodes: many extend one another. */
final class ExpressionAdmission {

  static final Set<String> OPERATORS =
      Set.of(
          "+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "<=>", "&&", "||", "in",
          "!in", "<<", "[", "?[", "=", "+=", "-=", "*=", "/=", "%=", "?=");

  private static final Set<String> NAMES_OF_THE_MACHINE = Set.of("this", "super");

  private static final Map<Class<?>, List<String>> REASONS =
      Map.ofEntries(
          refusal(
              ConstructorCallExpression.class,
              "\"new\" is refused",
              "write literals: 'text', 1, [1, 2], [key: 'value']"),
          refusal(
              CastExpression.class,
              "casts are refused",
              "convert with toInteger(), toBigDecimal() or toString()"),
          refusal(ArrayExpression.class, "arrays are refused", "write a list: [1, 2]"),
          refusal(
              MethodPointerExpression.class,
              "method pointers are refused",
              "write a closure: { x -> x.size() }"),
          refusal(
              MethodReferenceExpression.class,
              "method references are refused",
              "write a closure: { x -> x.size() }"),
          refusal(LambdaExpression.class, "lambdas are refused", "write a closure: { x -> … }"),
          refusal(
              AttributeExpression.class, "\".@\" is refused", "write map.key, without the \"@\""),
          refusal(
              SpreadExpression.class, "spreading with * is refused", "put lists together with +"),
          refusal(
              SpreadMapExpression.class,
              "spreading with *: is refused",
              "put maps together with +"),
          refusal(ClassExpression.class, "classes are refused", "a runbook is data"),
          refusal(
              BitwiseNegationExpression.class,
              "the operator ~ is refused",
              "patterns belong into a parameter's pattern or into SQL"));

  private final Admission admission;
  private final StatementAdmission statements;
  private int insideText;

  ExpressionAdmission(Admission admission, StatementAdmission statements) {
    this.admission = admission;
    this.statements = statements;
  }

  private static Map.Entry<Class<?>, List<String>> refusal(
      Class<?> type, String message, String hint) {
    return Map.entry(type, List.of(message, hint));
  }

  void condition(BooleanExpression condition) {
    Expression inner = condition.getExpression();
    if (inner instanceof BinaryExpression binary && binary.getOperation().getText().equals("=")) {
      admission.refuse(inner, "this condition assigns", "compare with ==");
    }
    check(inner);
  }

  private void checkAll(List<? extends Expression> all) {
    all.forEach(this::check);
  }

  void check(Expression expression) {
    Class<?> type = expression.getClass();
    if (type == VariableExpression.class) {
      variable((VariableExpression) expression);
    } else if (type == GStringExpression.class) {
      insideText++;
      checkAll(((GStringExpression) expression).getValues());
      insideText--;
    } else if (type == ListExpression.class) {
      checkAll(((ListExpression) expression).getExpressions());
    } else if (type == TupleExpression.class || type == ArgumentListExpression.class) {
      checkAll(((TupleExpression) expression).getExpressions());
    } else if (type == MapExpression.class || type == NamedArgumentListExpression.class) {
      checkAll(((MapExpression) expression).getMapEntryExpressions());
    } else if (type == MapEntryExpression.class) {
      check(((MapEntryExpression) expression).getKeyExpression());
      check(((MapEntryExpression) expression).getValueExpression());
    } else if (type == BinaryExpression.class) {
      binary((BinaryExpression) expression);
    } else if (type == DeclarationExpression.class) {
      declaration((DeclarationExpression) expression);
    } else if (type == MethodCallExpression.class) {
      call((MethodCallExpression) expression);
    } else if (type == PropertyExpression.class) {
      property((PropertyExpression) expression);
    } else if (type == ClosureExpression.class) {
      closure((ClosureExpression) expression);
    } else {
      operand(expression, type);
    }
  }

  private void operand(Expression expression, Class<?> type) {
    if (type == TernaryExpression.class || type == ElvisOperatorExpression.class) {
      TernaryExpression choice = (TernaryExpression) expression;
      condition(choice.getBooleanExpression());
      check(choice.getTrueExpression());
      check(choice.getFalseExpression());
    } else if (type == NotExpression.class || type == BooleanExpression.class) {
      condition((BooleanExpression) expression);
    } else if (type == UnaryMinusExpression.class) {
      check(((UnaryMinusExpression) expression).getExpression());
    } else if (type == UnaryPlusExpression.class) {
      check(((UnaryPlusExpression) expression).getExpression());
    } else if (type == PrefixExpression.class) {
      check(((PrefixExpression) expression).getExpression());
    } else if (type == PostfixExpression.class) {
      check(((PostfixExpression) expression).getExpression());
    } else if (type == RangeExpression.class) {
      check(((RangeExpression) expression).getFrom());
      check(((RangeExpression) expression).getTo());
    } else if (type != ConstantExpression.class && !(expression instanceof EmptyExpression)) {
      refuse(expression, type);
    }
  }

  private void variable(VariableExpression variable) {
    if (NAMES_OF_THE_MACHINE.contains(variable.getName())) {
      admission.refuse(
          variable,
          "\"" + variable.getName() + "\" is refused",
          "keys, methods and names are used by their name alone");
    }
  }

  private void binary(BinaryExpression binary) {
    String operator = binary.getOperation().getText();
    if (!OPERATORS.contains(operator)) {
      admission.refuse(
          binary,
          "the operator " + operator + " is refused",
          "allowed are " + String.join(" ", OPERATORS.stream().sorted().toList()));
    }
    check(binary.getLeftExpression());
    check(binary.getRightExpression());
  }

  private void declaration(DeclarationExpression declaration) {
    if (declaration.getLeftExpression().getClass() != VariableExpression.class) {
      admission.refuse(
          declaration, "several names in one declaration are refused", "write one def a name");
    } else {
      VariableExpression variable = declaration.getVariableExpression();
      variable(variable);
      admission.type(variable.getOriginType(), variable);
    }
    check(declaration.getRightExpression());
  }

  private void call(MethodCallExpression call) {
    if (call.isSpreadSafe()) {
      admission.refuse(call, "\"*.\" is refused", "write list.collect { it.… }");
    }
    if (call.getGenericsTypes() != null) {
      admission.refuse(call, "type arguments are refused", "leave <…> out");
    }
    if (!call.isImplicitThis()) {
      check(call.getObjectExpression());
    }
    if (!isName(call.getMethod())) {
      admission.refuse(
          call.getMethod(), "the name of a method must be written out", "write the method's name");
    }
    check(call.getArguments());
  }

  private void property(PropertyExpression property) {
    if (property.isSpreadSafe()) {
      admission.refuse(property, "\"*.\" is refused", "write list.collect { it.… }");
    }
    if (!isName(property.getProperty())) {
      admission.refuse(
          property.getProperty(), "the name of a property must be written out", "write map[name]");
    }
    check(property.getObjectExpression());
  }

  private static boolean isName(Expression name) {
    return name.getClass() == ConstantExpression.class
        && ((ConstantExpression) name).getValue() instanceof String;
  }

  private void closure(ClosureExpression closure) {
    if (insideText > 0) {
      admission.refuse(closure, "a closure inside a text is refused", "write a def before it");
    }
    admission.parameters(closure.getParameters(), statements);
    int around = insideText;
    insideText = 0;
    statements.check(closure.getCode());
    insideText = around;
  }

  private void refuse(Expression expression, Class<?> type) {
    List<String> reason = REASONS.get(type);
    if (reason == null) {
      admission.refuse(
          expression,
          "this expression is refused",
          "allowed are texts, numbers, lists, maps, names, operators, calls and closures");
    } else {
      admission.refuse(expression, reason.get(0), reason.get(1));
    }
  }
}
