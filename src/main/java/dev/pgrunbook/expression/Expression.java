package dev.pgrunbook.expression;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A parsed expression of a subset of CEL.
 *
 * <p>Whatever it evaluates to, CEL evaluates it to the same, and where CEL fails it fails, with one
 * exception: comparing null by {@code < <= > >=} is false. Two expressions are equal when their
 * texts are.
 */
public final class Expression {

  private final String text;
  private final Node tree;

  private Expression(String text, Node tree) {
    this.text = text;
    this.tree = tree;
  }

  /** Returns the expression that a text is, or what is wrong with its syntax. */
  public static Validated<Expression> parse(SourceText text) {
    try {
      Parser.Result result = Parser.parse(text.text());
      return Validated.of(
          new Expression(text.text(), result.tree()), located(result.problems(), text));
    } catch (SyntaxException failure) {
      return Validated.error(failure.problem().in(text));
    }
  }

  private static List<Diagnostic> located(List<Problem> problems, SourceText text) {
    List<Diagnostic> diagnostics = new ArrayList<>(problems.size());
    for (Problem problem : problems) {
      diagnostics.add(problem.in(text));
    }
    return diagnostics;
  }

  /** Returns the expression as it was written. */
  public String text() {
    return text;
  }

  /** Returns the names it uses, in the order of their first use. */
  public Set<Reference> references() {
    return ReferenceFinder.find(tree);
  }

  /**
   * Returns what is wrong with its names and types.
   *
   * @param text the text that was parsed, for the places
   */
  public List<Diagnostic> check(TypeScope scope, SourceText text) {
    return check(scope, text, Type.DYNAMIC);
  }

  /**
   * Returns what is wrong with its names and types, its own type included.
   *
   * @param text the text that was parsed, for the places
   * @param expected what it must give; null is always allowed
   */
  public List<Diagnostic> check(TypeScope scope, SourceText text, Type expected) {
    return check(scope, text, expected, "the expression");
  }

  /**
   * Returns what is wrong with its names and types, its own type included.
   *
   * @param text the text that was parsed, for the places
   * @param expected what it must give; null is always allowed
   * @param subject how a sentence names the expression, such as {@code "until"} with its quotes
   */
  public List<Diagnostic> check(TypeScope scope, SourceText text, Type expected, String subject) {
    TypeChecker checker = new TypeChecker(scope);
    Type found = checker.check(tree);
    checker.expect(tree, found, expected, subject);
    return located(checker.problems(), text);
  }

  /**
   * Returns the type it has as far as the scope tells.
   *
   * @return {@link Type#DYNAMIC} when that is not known, or when the expression is wrong
   */
  public Type type(TypeScope scope) {
    return new TypeChecker(scope).check(tree);
  }

  /**
   * Returns the value it has.
   *
   * @throws EvaluationException when it has none
   */
  public Value evaluate(Scope scope) {
    return new Evaluator(text, scope).evaluate(tree);
  }

  /**
   * Returns whether it is true; null is false.
   *
   * @throws EvaluationException when it has no value, or one that is neither true, false nor null
   */
  public boolean isTrue(Scope scope) {
    Value value = evaluate(scope);
    if (value.isNull()) {
      return false;
    }
    if (value instanceof Value.BooleanValue bool) {
      return bool.value();
    }
    throw new EvaluationException(
        text,
        tree.start(),
        OperationException.of("must be true or false, not " + Type.of(value).words()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && text.equals(expression.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
