package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Reference;
import dev.pgrunbook.source.SourceSpan;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.ContinueStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.jspecify.annotations.Nullable;

/** Carries statements out, by the exact class of their nodes. */
final class Statements {

  private static final Set<String> EFFECTS = Set.of("=", "+=", "-=", "*=", "/=", "%=", "?=", "<<");

  /** How a statement ends. */
  private enum End {
    NORMAL,
    BREAK,
    CONTINUE,
    RETURN
  }

  /**
   * @param value of a statement that ends a closure or method; null when it has none
   */
  private record Outcome(End end, @Nullable Datum value) {}

  private static final Outcome NORMAL = new Outcome(End.NORMAL, null);

  private final Evaluation evaluation;

  Statements(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Carries out statements for what they do; goes on after one that is wrong. */
  void all(List<Statement> statements, Scope scope) {
    for (Statement statement : statements) {
      try {
        Outcome outcome = run(statement, scope, false);
        // The parser adds a return to an empty file; it stands nowhere.
        if (outcome.end() != End.NORMAL && statement.getLineNumber() > 0) {
          throw Refusal.of(
              evaluation.places().firstLine(statement),
              "there is nothing here to leave",
              "return, break and continue belong into closures, methods and loops");
        }
      } catch (Refusal refusal) {
        evaluation.report(refusal);
        if (evaluation.isOver(refusal)) {
          throw refusal;
        }
      }
    }
  }

  /** Carries out the body of a block of the runbook. */
  void block(Statement body, Scope scope) {
    if (body instanceof BlockStatement block) {
      all(block.getStatements(), scope);
    } else {
      all(List.of(body), scope);
    }
  }

  /** Carries out the body of a closure or method, and returns its result. */
  Datum body(Statement body, Scope scope, SourceSpan span) {
    Outcome outcome = run(body, scope, true);
    if (outcome.end() == End.BREAK || outcome.end() == End.CONTINUE) {
      throw Refusal.of(
          evaluation.places().firstLine(body),
          "break and continue end loops, not closures",
          "write for (x in list) { … }, or return");
    }
    Datum value = outcome.value();
    return value == null ? new Nothing(span) : value;
  }

  /**
   * @param result whether the value of the last statement is that of a closure or method
   */
  private Outcome run(Statement statement, Scope scope, boolean result) {
    Class<?> type = statement.getClass();
    if (type == ExpressionStatement.class) {
      return expression(((ExpressionStatement) statement).getExpression(), scope, result);
    }
    if (type == BlockStatement.class) {
      return sequence(((BlockStatement) statement).getStatements(), scope.inner(), result);
    }
    if (type == IfStatement.class) {
      return choice((IfStatement) statement, scope, result);
    }
    if (type == ForStatement.class) {
      return each((ForStatement) statement, scope);
    }
    if (type == WhileStatement.class) {
      return repeat((WhileStatement) statement, scope);
    }
    if (type == ReturnStatement.class) {
      Expression value = ((ReturnStatement) statement).getExpression();
      return new Outcome(End.RETURN, evaluation.expressions().evaluate(value, scope));
    }
    if (type == BreakStatement.class) {
      return new Outcome(End.BREAK, null);
    }
    if (type == ContinueStatement.class) {
      return new Outcome(End.CONTINUE, null);
    }
    if (statement instanceof EmptyStatement) {
      return NORMAL;
    }
    throw Refusal.of(evaluation.places().firstLine(statement), "this statement is refused", null);
  }

  private Outcome sequence(List<Statement> statements, Scope scope, boolean result) {
    Outcome outcome = NORMAL;
    for (int i = 0; i < statements.size(); i++) {
      boolean last = i == statements.size() - 1;
      outcome = run(statements.get(i), scope, result && last);
      if (outcome.end() != End.NORMAL) {
        return outcome;
      }
    }
    return outcome;
  }

  private Outcome expression(Expression expression, Scope scope, boolean result) {
    evaluation.budget().step(evaluation.places().span(expression));
    if (expression.getClass() == MethodCallExpression.class) {
      MethodCallExpression call = (MethodCallExpression) expression;
      return new Outcome(End.NORMAL, evaluation.functions().call(call, scope, true));
    }
    if (!result && !hasEffect(expression)) {
      throw withoutEffect(expression);
    }
    return new Outcome(End.NORMAL, evaluation.expressions().evaluate(expression, scope));
  }

  private static boolean hasEffect(Expression expression) {
    Class<?> type = expression.getClass();
    return type == DeclarationExpression.class
        || type == PrefixExpression.class
        || type == PostfixExpression.class
        || type == BinaryExpression.class
            && EFFECTS.contains(((BinaryExpression) expression).getOperation().getText());
  }

  private Refusal withoutEffect(Expression expression) {
    SourceSpan span = evaluation.places().firstLine(expression);
    return Refusal.of(
        "groovy-no-effect",
        span,
        "this says nothing",
        "a key is said with its value: title 'Drop the indexes'");
  }

  private Outcome choice(IfStatement first, Scope scope, boolean result) {
    IfStatement choice = first;
    while (!evaluation.expressions().isTrue(choice.getBooleanExpression(), scope)) {
      Statement otherwise = choice.getElseBlock();
      if (otherwise.getClass() != IfStatement.class) {
        return run(otherwise, scope, result);
      }
      choice = (IfStatement) otherwise;
    }
    return run(choice.getIfBlock(), scope.inner(), result);
  }

  private Outcome each(ForStatement loop, Scope scope) {
    SourceSpan span = evaluation.places().firstLine(loop);
    Datum collection = evaluation.expressions().evaluate(loop.getCollectionExpression(), scope);
    Parameter variable = loop.getValueVariable();
    SourceSpan place = evaluation.places().span(loop);
    Assignments.refuseSecond(
        variable.getName(), place.file().span(span.start(), span.end()), scope);
    for (Datum item : items(collection, span)) {
      evaluation.budget().iteration(span);
      Scope turn = scope.inner();
      Datum fitting = Assignments.fitting(variable.getType(), item, span);
      turn.declare(variable.getName(), new Scope.Slot(variable.getType(), fitting));
      Outcome outcome = turn(loop.getLoopBlock(), turn);
      if (outcome.end() == End.BREAK) {
        return NORMAL;
      }
      if (outcome.end() == End.RETURN) {
        return outcome;
      }
    }
    return NORMAL;
  }

  /** What is wrong in one turn is told, and the others are looked at all the same. */
  private Outcome turn(Statement body, Scope scope) {
    try {
      return run(body, scope, false);
    } catch (Refusal refusal) {
      evaluation.report(refusal);
      if (evaluation.isOver(refusal)) {
        throw refusal;
      }
      return NORMAL;
    }
  }

  private List<Datum> items(Datum collection, SourceSpan span) {
    if (collection instanceof Listing list) {
      evaluation.budget().elements(list.items().size(), span);
      return List.copyOf(list.items());
    }
    if (collection instanceof Mapping map) {
      evaluation.budget().elements(map.fields().size(), span);
      return MapMethods.entries(map, span);
    }
    if (collection instanceof Reference reference) {
      throw Refusal.of(
          reference.span(),
          "\"" + reference.path().text() + "\" has no value while the file is loaded",
          "let the step loop when it runs: forEach item: " + reference.path().text());
    }
    throw Refusal.of(
        span, "a loop goes through a list, a range or a map, not " + collection.kind(), null);
  }

  private Outcome repeat(WhileStatement loop, Scope scope) {
    SourceSpan span = evaluation.places().firstLine(loop);
    while (evaluation.expressions().isTrue(loop.getBooleanExpression(), scope)) {
      evaluation.budget().iteration(span);
      Outcome outcome = run(loop.getLoopBlock(), scope.inner(), false);
      if (outcome.end() == End.BREAK) {
        return NORMAL;
      }
      if (outcome.end() == End.RETURN) {
        return outcome;
      }
    }
    return NORMAL;
  }
}
