package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Decimal;
import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Reference;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.jspecify.annotations.Nullable;

/** Calls closures, the file's methods, and the methods that values have. */
final class Functions {

  private final Evaluation evaluation;
  private final TextMethods textMethods;
  private final ListMethods listMethods;
  private final MapMethods mapMethods;
  private final NumberMethods numberMethods;

  Functions(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.textMethods = new TextMethods(evaluation);
    this.listMethods = new ListMethods(evaluation, this);
    this.mapMethods = new MapMethods(evaluation, this);
    this.numberMethods = new NumberMethods(evaluation, this);
  }

  /**
   * Evaluates a call.
   *
   * @param statement whether it stands for itself, so that it may say a key of the runbook
   */
  Datum call(MethodCallExpression call, Scope scope, boolean statement) {
    return call.isImplicitThis() ? byName(call, scope, statement) : onValue(call, scope);
  }

  private Datum byName(MethodCallExpression call, Scope scope, boolean statement) {
    String name = call.getMethodAsString();
    SourceSpan span = evaluation.places().firstLine(call);
    Scope.Slot slot = scope.find(name);
    if (slot != null && slot.value() instanceof Function function) {
      return invoke(function, arguments(call, scope).all(), span);
    }
    MethodNode method = evaluation.method(name);
    if (method != null) {
      return invoke(function(method), arguments(call, scope).all(), span);
    }
    if (statement) {
      return evaluation.blocks().say(call, arguments(call, scope));
    }
    String meant = evaluation.suggestion(name, scope);
    throw Refusal.of(
        "groovy-unknown-method",
        evaluation.places().span(call.getMethod()),
        "the file has no method \"" + name + "\"",
        meant != null
            ? meant
            : "a key of the runbook stands on a line of its own, without a value");
  }

  private Function function(MethodNode method) {
    return new Function(
        evaluation.places().firstLine(method),
        List.of(method.getParameters()),
        false,
        method.getCode(),
        Scope.outermost());
  }

  private Datum onValue(MethodCallExpression call, Scope scope) {
    Datum object = evaluation.expressions().evaluate(call.getObjectExpression(), scope);
    if (object instanceof Nothing && call.isSafe()) {
      return object;
    }
    String name = call.getMethodAsString();
    SourceSpan place = evaluation.places().span(call.getMethod());
    if (object instanceof Reference reference) {
      throw Comparison.unknown(reference);
    }
    Arguments arguments = arguments(call, scope);
    MethodCall described =
        new MethodCall(name, place, evaluation.places().firstLine(call), arguments.all());
    return dispatch(object, described);
  }

  private Datum dispatch(Datum object, MethodCall call) {
    if (object instanceof Text text) {
      return textMethods.call(text, call);
    }
    if (object instanceof Listing list) {
      return listMethods.call(list, call);
    }
    if (object instanceof Mapping map) {
      Mapping.Field field = map.fields().get(call.name());
      if (field != null && field.value() instanceof Function function) {
        return invoke(function, call.arguments(), call.span());
      }
      return mapMethods.call(map, call);
    }
    if (object instanceof Whole || object instanceof Decimal) {
      return numberMethods.call(object, call);
    }
    if (object instanceof Function function && call.name().equals("call")) {
      return invoke(function, call.arguments(), call.span());
    }
    if (object instanceof Datum.Truth && call.name().equals("toString")) {
      call.expect(0, 0);
      return evaluation.texts().computed(evaluation.strings().of(object, call.span()), call.span());
    }
    if (object instanceof Nothing) {
      throw Refusal.of(
          call.place(),
          "this is null or has no result, so it has no method \"" + call.name() + "\"",
          "write ?. where null is meant to stay null");
    }
    throw call.unknown(object.kind(), List.of(object instanceof Function ? "call" : "toString"));
  }

  private Arguments arguments(MethodCallExpression call, Scope scope) {
    List<Datum> positional = new ArrayList<>();
    Mapping named = null;
    Expression arguments = call.getArguments();
    List<Expression> expressions =
        arguments instanceof TupleExpression tuple ? tuple.getExpressions() : List.of(arguments);
    for (int i = 0; i < expressions.size(); i++) {
      Expression expression = expressions.get(i);
      if (i == 0 && expression instanceof MapExpression map && isNamed(map, expressions)) {
        named = evaluation.expressions().map(map, scope);
      } else {
        positional.add(evaluation.expressions().evaluate(expression, scope));
      }
    }
    return new Arguments(named, positional);
  }

  /** The parser puts named arguments first, as a map that no bracket begins. */
  private boolean isNamed(MapExpression map, List<Expression> all) {
    if (map.getMapEntryExpressions().isEmpty()) {
      return false;
    }
    SourceSpan span = evaluation.places().span(map);
    String text = span.file().text();
    int start = span.start();
    if (start >= text.length() || text.charAt(start) != '[') {
      return true;
    }
    // Beside positional arguments the map's place is that of all arguments together.
    int entry = evaluation.places().span(map.getMapEntryExpressions().get(0)).start();
    return all.size() > 1 && evaluation.places().span(all.get(1)).start() < entry;
  }

  /** Runs a closure or method and returns its result. */
  Datum invoke(Function function, List<Datum> arguments, SourceSpan span) {
    Scope scope = function.scope().inner();
    bind(function, arguments, scope, span);
    evaluation.budget().enter(span);
    try {
      return evaluation.statements().body(function.body(), scope, function.span());
    } finally {
      evaluation.budget().leave();
    }
  }

  private void bind(Function function, List<Datum> arguments, Scope scope, SourceSpan span) {
    List<Parameter> parameters = function.parameters();
    if (function.implicit()) {
      if (arguments.size() > 1) {
        throw wrongCount(function, arguments, span);
      }
      Datum it = arguments.isEmpty() ? new Nothing(span) : arguments.get(0);
      scope.declare("it", new Scope.Slot(org.codehaus.groovy.ast.ClassHelper.OBJECT_TYPE, it));
      return;
    }
    List<Datum> given = arguments;
    if (parameters.size() > 1 && given.size() == 1 && given.get(0) instanceof Listing list) {
      given = list.items();
    }
    if (given.size() > parameters.size()) {
      throw wrongCount(function, given, span);
    }
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      Datum value = i < given.size() ? given.get(i) : initial(parameter, scope);
      if (value == null) {
        throw wrongCount(function, given, span);
      }
      Assignments.refuseSecond(parameter.getName(), evaluation.places().span(parameter), scope);
      scope.declare(
          parameter.getName(),
          new Scope.Slot(
              parameter.getType(), Assignments.fitting(parameter.getType(), value, span)));
    }
  }

  private @Nullable Datum initial(Parameter parameter, Scope scope) {
    return parameter.hasInitialExpression()
        ? evaluation.expressions().evaluate(parameter.getInitialExpression(), scope)
        : null;
  }

  private static Refusal wrongCount(Function function, List<Datum> given, SourceSpan span) {
    int expected = function.implicit() ? 1 : function.parameters().size();
    return Refusal.of(
        span,
        "this takes "
            + expected
            + (expected == 1 ? " argument" : " arguments")
            + ", and is given "
            + given.size(),
        null);
  }

  /** Calls a closure with an element; one with two parameters takes an entry apart. */
  Datum withElement(Function function, Datum element, SourceSpan span) {
    evaluation.budget().iteration(span);
    return invoke(function, List.of(element), span);
  }

  Datum withEntry(Function function, Mapping.Field field, SourceSpan span) {
    evaluation.budget().iteration(span);
    Text key = new Text(field.key().span(), field.key().content());
    if (function.parameters().size() == 2) {
      return invoke(function, List.of(key, field.value()), span);
    }
    return invoke(function, List.of(MapMethods.entry(key, field.value(), span)), span);
  }
}
