package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/**
 * Makes texts of literals, also of those with values in them.
 *
 * <p>{@code ${…}} is evaluated when all its names are local ones. When none is, it is an expression
 * of the runbook and stays as it is written.
 */
final class Texts {

  /** More stretches than this are not worth keeping apart. */
  private static final int STRETCHES = 4_000;

  private final Evaluation evaluation;
  private final SourceFile file;

  Texts(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.file = evaluation.places().file();
  }

  Datum literal(ConstantExpression constant, String value) {
    SourceSpan span = evaluation.places().span(constant);
    evaluation.budget().text(value.length(), span);
    return new Datum.Text(span, Literal.whole(file, span, value));
  }

  Datum interpolated(GStringExpression text, Scope scope) {
    SourceSpan span = evaluation.places().span(text);
    List<SourceSpan> strings = new ArrayList<>();
    text.getStrings().forEach(string -> strings.add(evaluation.places().span(string)));
    Literal.Quotes quotes = Literal.Quotes.at(file.text(), strings.get(0).start());
    SourceText.Builder builder = SourceText.builder(file);
    long length = 0;
    for (int i = 0; i < strings.size(); i++) {
      SourceSpan place = strings.get(i);
      boolean first = i == 0;
      boolean last = i == strings.size() - 1;
      int start = place.start() + (first ? quotes.length() : 0);
      int end = place.end() - (last ? quotes.length() : 1);
      String value = (String) text.getStrings().get(i).getValue();
      builder.append(Literal.part(file, quotes, start, end, value));
      length += value.length();
      if (!last) {
        int dollar = end;
        int after = strings.get(i + 1).start();
        SourceText replaced = value(text.getValue(i), dollar, after, scope);
        length += replaced.text().length();
        evaluation.budget().text(length, span);
        builder.append(replaced);
      }
    }
    return new Datum.Text(span, bounded(builder.build(span.start()), span));
  }

  /** Returns what stands for one value, from its dollar sign to what follows it. */
  private SourceText value(Expression expression, int start, int end, Scope scope) {
    Set<String> local = new TreeSet<>();
    Set<String> foreign = new TreeSet<>();
    collectNames(expression, scope, local, foreign);
    if (foreign.isEmpty()) {
      Datum value = evaluation.expressions().evaluate(expression, scope);
      String text = evaluation.strings().of(value, file.span(start, end));
      return SourceText.builder(file).appendInstead(text, start, end).build(start);
    }
    if (!local.isEmpty()) {
      throw Refusal.of(
          file.span(start, end),
          "this mixes what is known while loading ("
              + String.join(", ", local)
              + ") with what is known when running ("
              + String.join(", ", foreign)
              + ")",
          "write one ${…} for each");
    }
    for (String name : foreign) {
      evaluation.checkVisible(name, file.span(start, end));
    }
    if (file.text().startsWith("${", start)) {
      return SourceText.verbatim(file, start, end);
    }
    return SourceText.builder(file)
        .appendInstead("${", start, start + 1)
        .append(file.text().substring(start + 1, end), start + 1)
        .appendInstead("}", end, end)
        .build(start);
  }

  private void collectNames(
      Expression expression, Scope scope, Set<String> local, Set<String> foreign) {
    expression.visit(
        new CodeVisitorSupport() {
          @Override
          public void visitVariableExpression(VariableExpression variable) {
            String name = variable.getName();
            if (!name.equals("this")) {
              (scope.find(name) == null ? foreign : local).add(name);
            }
          }

          @Override
          public void visitMethodCallExpression(MethodCallExpression call) {
            String name = call.getMethodAsString();
            if (call.isImplicitThis() && name != null) {
              boolean known = scope.find(name) != null || evaluation.method(name) != null;
              (known ? local : foreign).add(name);
            }
            super.visitMethodCallExpression(call);
          }
        });
  }

  /** Returns two texts as one. */
  SourceText join(SourceText left, SourceText right, SourceSpan span) {
    evaluation.budget().text((long) left.text().length() + right.text().length(), span);
    evaluation.budget().charge(1 + (left.stretches() + right.stretches()) / 4, span);
    return bounded(SourceText.builder(file).append(left).append(right).build(span.start()), span);
  }

  /** Returns a text that was computed: it stands for the place that computed it. */
  Datum.Text computed(String text, SourceSpan span) {
    evaluation.budget().text(text.length(), span);
    SourceText.Builder builder = SourceText.builder(file);
    return new Datum.Text(
        span, builder.appendInstead(text, span.start(), span.end()).build(span.start()));
  }

  private SourceText bounded(SourceText text, SourceSpan span) {
    return text.stretches() <= STRETCHES
        ? text
        : SourceText.builder(file)
            .appendInstead(text.text(), span.start(), span.end())
            .build(span.start());
  }
}
