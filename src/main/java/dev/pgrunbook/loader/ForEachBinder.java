package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Type;
import dev.pgrunbook.expression.Type.ListType;
import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.model.ForEach;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.ListValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds {@code forEach}. */
final class ForEachBinder {

  private static final String EXAMPLE = "write forEach: {item: items}";

  private final Findings findings;

  ForEachBinder(Findings findings) {
    this.findings = findings;
  }

  /**
   * A loop and its variable.
   *
   * @param forEach null when the list is wrong
   * @param variable known all the same, so that its uses are not wrong, too
   */
  record Loop(@Nullable ForEach forEach, Variable variable) {

    /** Returns the names that the step can use, the item included. */
    VariableScope scope(VariableScope outer) {
      VariableScope within = outer.within(variable);
      boolean sideBySide = forEach != null && forEach.parallel() != null;
      return sideBySide ? within.ofItemsSideBySide() : within;
    }
  }

  /** Returns a step's loop, or null when it has none. */
  @Nullable Loop bind(MappingReader step, VariableScope scope) {
    SyntaxNode node = step.take("forEach");
    if (!(node instanceof MappingNode mapping)) {
      if (node != null) {
        String message = "\"forEach\" must be a mapping, not " + node.description();
        findings.add(RunbookRule.WRONG_TYPE.at(node.span(), message));
      }
      return null;
    }
    MappingReader own = new MappingReader(mapping, Vocabulary.FOR_EACH, findings);
    int parallel = parallel(own, scope, findings);
    MappingNode.Entry loop = null;
    for (MappingNode.Entry entry : mapping.entries()) {
      if (Vocabulary.FOR_EACH.names().contains(entry.key().text())) {
        continue;
      }
      if (loop == null) {
        loop = entry;
      } else {
        String message = "\"forEach\" goes through one list, and here is another";
        findings.add(RunbookRule.WRONG_TYPE.at(entry.key().span(), message).withHint(EXAMPLE));
      }
    }
    if (loop == null) {
      SourceSpan span = mapping.span();
      findings.add(RunbookRule.MISSING_KEY.at(span, "\"forEach\" names no list").withHint(EXAMPLE));
      return null;
    }
    return loop(loop, parallel, scope);
  }

  /** Returns how many parts of a step run side by side. */
  static int parallel(MappingReader reader, VariableScope scope, Findings findings) {
    int parallel = reader.integer(Vocabulary.PARALLEL.name(), 1);
    if (parallel > 1 && scope.isSideBySide()) {
      findings.add(RunbookRule.nestedParallel(reader.keySpan(Vocabulary.PARALLEL.name())));
    }
    return parallel;
  }

  private @Nullable Loop loop(MappingNode.Entry entry, int parallel, VariableScope scope) {
    ScalarNode name = entry.key();
    if (NameForm.VARIABLE.refuses(name, "a loop's variable", findings)) {
      return null;
    }
    Variable hidden = scope.declared(name.text());
    if (hidden != null) {
      findings.add(
          RunbookRule.DUPLICATE_NAME
              .at(name.span(), "the name \"" + name.text() + "\" is taken already")
              .withHint("call the item otherwise")
              .withRelated("first used here", hidden.span()));
    }
    SyntaxNode list = entry.value();
    if (list instanceof SequenceNode sequence) {
      return literal(name, sequence, parallel);
    }
    if (list instanceof ScalarNode scalar && !scalar.isNull()) {
      return named(name, scalar, parallel, scope);
    }
    String message = "\"forEach\" needs a list, not " + list.description();
    findings.add(RunbookRule.WRONG_TYPE.at(list.span(), message).withHint(EXAMPLE));
    return new Loop(null, Variable.of(name.text(), Type.DYNAMIC, name.span()));
  }

  private Loop named(ScalarNode name, ScalarNode list, int parallel, VariableScope scope) {
    Variable variable = scope.use(list.text());
    Variable unknown = Variable.of(name.text(), Type.DYNAMIC, name.span());
    if (variable == null) {
      findings.add(SqlRules.unknown(list.text(), list.span(), scope));
      return new Loop(null, unknown);
    }
    ForEach forEach = new ForEach(name.text(), new ForEach.NamedItems(list.text()), parallel);
    ParameterType declared = variable.declaredType();
    if (declared != null && declared.list()) {
      return new Loop(forEach, Variable.of(name.text(), declared.item(), name.span()));
    }
    if (variable.type() instanceof ListType items) {
      return new Loop(forEach, Variable.of(name.text(), items.element(), name.span()));
    }
    if (declared != null || variable.type() != Type.DYNAMIC) {
      String message = "\"" + list.text() + "\" is " + variable.described() + ", not a list";
      String hint = declared == null ? null : "give it the type " + declared.word() + "[]";
      findings.add(RunbookRule.NOT_A_LIST.at(list.span(), message).withHint(hint));
    }
    return new Loop(forEach, unknown);
  }

  private Loop literal(ScalarNode name, SequenceNode sequence, int parallel) {
    List<Value> values = new ArrayList<>();
    for (SyntaxNode item : sequence.items()) {
      Value value = ValueBinder.natural(item);
      if (value.isNull() || value instanceof ListValue) {
        String message = "an item must be a value or a row, not " + item.description();
        findings.add(RunbookRule.LITERAL_LIST.at(item.span(), message));
      }
      values.add(value);
    }
    if (values.isEmpty()) {
      String message = "the list is empty, so the step would never run";
      findings.add(RunbookRule.LITERAL_LIST.at(sequence.span(), message));
    }
    Variable variable = Variable.of(name.text(), common(values), name.span());
    ForEach.Items items = new ForEach.LiteralItems(values);
    return new Loop(new ForEach(name.text(), items, parallel), variable);
  }

  private static Type common(List<Value> values) {
    Type common = null;
    for (Value value : values) {
      Type type = ValueBinder.typeOf(value);
      if (common != null && !common.equals(type)) {
        return Type.DYNAMIC;
      }
      common = type;
    }
    return common == null ? Type.DYNAMIC : common;
  }
}
