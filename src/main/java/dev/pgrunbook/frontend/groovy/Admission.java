package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.stmt.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a whole file for what is refused, also where it would never be evaluated.
 *
 * <p>What is admitted is listed; everything else is refused, also what a later Groovy may bring.
 */
final class Admission {

  /** The types that a declaration may name; they are checked, and never convert anything. */
  private static final Set<String> TYPES =
      Set.of(
          "java.lang.Object",
          "Object",
          "String",
          "java.lang.String",
          "int",
          "Integer",
          "long",
          "Long",
          "boolean",
          "Boolean",
          "BigDecimal",
          "BigInteger",
          "Number",
          "List",
          "Map",
          "Closure",
          "void",
          "groovy.lang.Closure",
          "java.util.List",
          "java.util.Map",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Boolean",
          "java.math.BigDecimal",
          "java.math.BigInteger");

  private static final int PUBLIC = java.lang.reflect.Modifier.PUBLIC;

  private final Places places;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  Admission(Places places) {
    this.places = places;
  }

  /** Returns what is refused, in the order of the file. */
  List<Diagnostic> diagnostics() {
    List<Diagnostic> inOrder = new ArrayList<>(diagnostics);
    inOrder.sort((a, b) -> Integer.compare(start(a), start(b)));
    return inOrder.subList(0, Math.min(inOrder.size(), GroovyLimits.DIAGNOSTICS));
  }

  private static int start(Diagnostic diagnostic) {
    SourceSpan span = diagnostic.span();
    return span == null ? 0 : span.start();
  }

  void check(ModuleNode module) {
    if (module.getPackage() != null) {
      refuse(module.getPackage(), "a package is refused", "a runbook is data; leave it out");
    }
    imports(module);
    for (ClassNode type : classes(module)) {
      refuse(
          type,
          "classes, interfaces, traits, enums and records are refused",
          "write maps, such as [name: 'x'], and closures or methods of the file");
    }
    StatementAdmission statements = new StatementAdmission(this);
    statements.check(module.getStatementBlock());
    for (MethodNode method : module.getMethods()) {
      method(method, statements);
    }
  }

  /**
   * Returns the classes that a file declares. Asked as it is, a module first makes one more of its
   * statements and methods, for which it starts half of Groovy up.
   */
  private static List<ClassNode> classes(ModuleNode module) {
    List<Statement> statements = module.getStatementBlock().getStatements();
    List<Statement> kept = List.copyOf(statements);
    List<MethodNode> methods = List.copyOf(module.getMethods());
    statements.clear();
    module.getMethods().clear();
    List<ClassNode> classes = List.copyOf(module.getClasses());
    statements.addAll(kept);
    module.getMethods().addAll(methods);
    return classes;
  }

  private void imports(ModuleNode module) {
    List<ImportNode> imports = new ArrayList<>(module.getImports());
    imports.addAll(module.getStarImports());
    imports.addAll(module.getStaticImports().values());
    imports.addAll(module.getStaticStarImports().values());
    for (ImportNode one : imports) {
      refuse(one, "imports are refused", "a runbook is data and uses no class");
    }
  }

  private void method(MethodNode method, StatementAdmission statements) {
    if (!method.getAnnotations().isEmpty()
        || method.getModifiers() != PUBLIC
        || method.getExceptions().length > 0
        || method.getGenericsTypes() != null) {
      refuse(method, "a method is written without modifiers", "write def " + method.getName());
    }
    type(method.getReturnType(), method);
    parameters(method.getParameters(), statements);
    if (method.getCode() != null) {
      statements.check(method.getCode());
    }
  }

  void parameters(Parameter @Nullable [] parameters, StatementAdmission statements) {
    if (parameters == null) {
      return;
    }
    for (Parameter parameter : parameters) {
      type(parameter.getType(), parameter);
      if (!parameter.getAnnotations().isEmpty()) {
        refuse(parameter, "annotations are refused", "leave the annotation out");
      }
      if (parameter.hasInitialExpression()) {
        statements.expressions().check(parameter.getInitialExpression());
      }
    }
  }

  /** Refuses a type that is not listed, with everything that it may carry. */
  void type(ClassNode type, ASTNode place) {
    boolean plain = !type.isArray() && TYPES.contains(type.getName());
    if (!plain || type.getGenericsTypes() != null && !type.getName().endsWith("Object")) {
      refuse(
          place,
          "the type " + type.toString(false) + " is refused",
          "write def, or String, int, long, boolean, BigDecimal, List or Map");
    }
  }

  void refuse(ASTNode node, String message, String hint) {
    refuse(places.firstLine(node), message, hint);
  }

  void refuse(SourceSpan span, String message, String hint) {
    diagnostics.add(Diagnostic.error("groovy-refused", span, message).withHint(hint));
  }

  Places places() {
    return places;
  }
}
