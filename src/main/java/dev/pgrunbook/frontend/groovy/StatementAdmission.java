package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceSpan;
import java.util.List;
import org.codehaus.groovy.ast.expr.ClosureListExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.ContinueStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.ThrowStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;

/** Admits statements, by the exact class of their nodes. */
final class StatementAdmission {

  private final Admission admission;
  private final ExpressionAdmission expressions;

  StatementAdmission(Admission admission) {
    this.admission = admission;
    this.expressions = new ExpressionAdmission(admission, this);
  }

  ExpressionAdmission expressions() {
    return expressions;
  }

  void check(Statement statement) {
    List<String> labels = statement.getStatementLabels();
    if (labels != null && !labels.isEmpty()) {
      label(statement, labels.get(0));
    }
    Class<?> type = statement.getClass();
    if (type == BlockStatement.class) {
      ((BlockStatement) statement).getStatements().forEach(this::check);
    } else if (type == ExpressionStatement.class) {
      expressions.check(((ExpressionStatement) statement).getExpression());
    } else if (type == ReturnStatement.class) {
      expressions.check(((ReturnStatement) statement).getExpression());
    } else if (type == IfStatement.class) {
      choice((IfStatement) statement);
    } else if (type == ForStatement.class) {
      loop((ForStatement) statement);
    } else if (type == WhileStatement.class) {
      WhileStatement loop = (WhileStatement) statement;
      expressions.condition(loop.getBooleanExpression());
      check(loop.getLoopBlock());
    } else if (type == BreakStatement.class) {
      unlabelled(statement, ((BreakStatement) statement).getLabel());
    } else if (type == ContinueStatement.class) {
      unlabelled(statement, ((ContinueStatement) statement).getLabel());
    } else if (!(statement instanceof EmptyStatement)) {
      refuse(statement);
    }
  }

  private void choice(IfStatement first) {
    IfStatement choice = first;
    while (true) {
      expressions.condition(choice.getBooleanExpression());
      check(choice.getIfBlock());
      if (choice.getElseBlock().getClass() != IfStatement.class) {
        check(choice.getElseBlock());
        return;
      }
      choice = (IfStatement) choice.getElseBlock();
    }
  }

  private void loop(ForStatement loop) {
    if (loop.getCollectionExpression().getClass() == ClosureListExpression.class) {
      admission.refuse(
          loop, "this kind of loop is refused", "go through a range: for (i in 0..<10) { … }");
      return;
    }
    if (loop.getIndexVariable() != null) {
      admission.refuse(loop, "a loop has one variable", "write list.eachWithIndex { x, i -> … }");
    }
    if (loop.getValueVariable() != null) {
      admission.type(loop.getValueVariable().getType(), loop);
    }
    expressions.check(loop.getCollectionExpression());
    check(loop.getLoopBlock());
  }

  private void unlabelled(Statement statement, @org.jspecify.annotations.Nullable String label) {
    if (label != null) {
      admission.refuse(statement, "labels are refused", "leave the label out");
    }
  }

  private void label(Statement statement, String label) {
    SourceSpan body = admission.places().span(statement);
    int start = body.file().text().lastIndexOf(label, body.start());
    SourceSpan span = start < 0 ? body : body.file().span(start, start + label.length());
    admission.refuse(
        span,
        "\"" + label + ":\" is a label in Groovy and says nothing",
        "without the colon it is a key: " + label + " …");
  }

  private void refuse(Statement statement) {
    Class<?> type = statement.getClass();
    if (type == TryCatchStatement.class || type == ThrowStatement.class) {
      admission.refuse(
          statement,
          "try and throw are refused",
          "what fails while running is handled with onFailure, onTimeout and always");
    } else if (type == SwitchStatement.class) {
      admission.refuse(statement, "switch is refused", "write if … else if …, or a map");
    } else if (type == AssertStatement.class) {
      admission.refuse(
          statement, "assert is refused", "a check step says what must hold: check('id') { … }");
    } else {
      admission.refuse(
          statement, "this statement is refused", "allowed are if, for … in, while and return");
    }
  }
}
