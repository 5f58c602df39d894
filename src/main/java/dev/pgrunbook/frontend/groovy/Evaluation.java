package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.jspecify.annotations.Nullable;

/** One file's evaluation: what its parts share. */
final class Evaluation {

  private final Places places;
  private final ModuleNode module;
  private final Budget budget = new Budget();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Map<String, MethodNode> methods = new LinkedHashMap<>();
  private final Scope fileScope = Scope.outermost();
  private final Strings strings;
  private final Texts texts;
  private final Comparison comparison;
  private final Arithmetic arithmetic;
  private final Expressions expressions;
  private final Statements statements;
  private final Functions functions;
  private final Blocks blocks;

  Evaluation(Places places, ModuleNode module) {
    this.places = places;
    this.module = module;
    this.strings = new Strings(budget);
    this.texts = new Texts(this);
    this.comparison = new Comparison(budget);
    this.arithmetic = new Arithmetic(this);
    this.expressions = new Expressions(this);
    this.statements = new Statements(this);
    this.functions = new Functions(this);
    this.blocks = new Blocks(this);
  }

  /** Returns the runbook's tree, or what is wrong. */
  Validated<SyntaxNode> run() {
    try {
      declareMethods();
      statements.all(module.getStatementBlock().getStatements(), fileScope);
    } catch (Refusal last) {
      report(last);
    }
    SyntaxNode runbook = blocks.runbook();
    if (runbook == null && diagnostics.isEmpty()) {
      diagnostics.add(
          Diagnostic.error("groovy-empty", places.file().span(0, 0), "the file holds no runbook")
              .withHint("a runbook is written runbook('folder/name') { … }"));
    }
    return Validated.of(runbook, diagnostics);
  }

  private void declareMethods() {
    for (MethodNode method : module.getMethods()) {
      MethodNode first = methods.putIfAbsent(method.getName(), method);
      if (first != null) {
        SourceSpan span = places.firstLine(method);
        diagnostics.add(
            Diagnostic.error(
                    "groovy-duplicate", span, "there is a method " + method.getName() + " already")
                .withHint("give it a name of its own; parameters may have defaults")
                .withRelated("the first", places.firstLine(first)));
      }
    }
  }

  /** Tells what is wrong, once for each place; ends everything when that makes no sense. */
  void report(Refusal refusal) {
    Diagnostic diagnostic = refusal.diagnostic();
    if (!diagnostic.equals(SILENCE) && !diagnostics.contains(diagnostic)) {
      diagnostics.add(diagnostic);
    }
  }

  /** Returns whether something is wrong after which nothing more is evaluated. */
  boolean isOver(Refusal refusal) {
    return refusal.isFinal() || diagnostics.size() >= GroovyLimits.DIAGNOSTICS;
  }

  private static final Diagnostic SILENCE = Diagnostic.error("groovy-refused", null, "told before");

  /** Leaves a statement because of what has been told. */
  static Refusal silent() {
    return Refusal.of(SILENCE);
  }

  /**
   * Refuses a name that is a local one of the file where that cannot be seen: in a method, where it
   * would silently become a name of the runbook.
   */
  void checkVisible(String name, SourceSpan span) {
    if (fileScope.find(name) != null) {
      throw Refusal.of(
          span,
          "methods do not see the file's local names, such as " + name,
          "pass it as an argument, or write a closure: def name = { x -> … }");
    }
  }

  @Nullable MethodNode method(String name) {
    return methods.get(name);
  }

  /** Returns "did you mean" for a name that nothing has. */
  @Nullable String suggestion(String name, Scope scope) {
    Set<String> names = new HashSet<>(scope.names());
    names.addAll(methods.keySet());
    return Spelling.didYouMean(name, names.stream().sorted().toList());
  }

  Places places() {
    return places;
  }

  Budget budget() {
    return budget;
  }

  Strings strings() {
    return strings;
  }

  Texts texts() {
    return texts;
  }

  Comparison comparison() {
    return comparison;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  Expressions expressions() {
    return expressions;
  }

  Statements statements() {
    return statements;
  }

  Functions functions() {
    return functions;
  }

  Blocks blocks() {
    return blocks;
  }
}
