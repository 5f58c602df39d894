package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Type;
import dev.pgrunbook.model.ParameterType;
import dev.pgrunbook.model.ParameterType.Base;
import dev.pgrunbook.model.ParameterValue;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Validated;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import dev.pgrunbook.value.NumberText;
import dev.pgrunbook.value.Value;
import dev.pgrunbook.value.Value.DecimalValue;
import dev.pgrunbook.value.Value.ListValue;
import dev.pgrunbook.value.Value.RowValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes as values. */
final class ValueBinder {

  private final Findings findings;

  ValueBinder(Findings findings) {
    this.findings = findings;
  }

  /**
   * Returns the value that a node is as a type, or null when it is none; the absent value is
   * null's.
   *
   * @param rule what is broken when it is none
   * @param what the node is, as a sentence names it
   */
  @Nullable Value typed(SyntaxNode node, ParameterType type, RunbookRule rule, String what) {
    if (MappingReader.isNothing(node)) {
      return Value.none();
    }
    return type.list() ? list(node, type, rule, what) : single(node, type, rule, what);
  }

  private @Nullable Value list(SyntaxNode node, ParameterType type, RunbookRule rule, String what) {
    if (!(node instanceof SequenceNode sequence)) {
      String message = what + " must be a list, not " + node.description();
      findings.add(rule.at(node.span(), message).withHint("write [a, b] or one - a line"));
      return null;
    }
    List<Value> items = new ArrayList<>();
    for (SyntaxNode item : sequence.items()) {
      Value value = single(item, type.item(), rule, "an item of " + what);
      if (value != null) {
        items.add(value);
      }
    }
    return items.size() == sequence.items().size() ? new ListValue(items) : null;
  }

  private @Nullable Value single(
      SyntaxNode node, ParameterType type, RunbookRule rule, String what) {
    if (type.base() == Base.JSON && !(node instanceof ScalarNode)) {
      return natural(node);
    }
    if (!(node instanceof ScalarNode scalar) || scalar.isNull()) {
      String message = what + " must be of type " + type.word() + ", not " + node.description();
      findings.add(rule.at(node.span(), message));
      return null;
    }
    Validated<Value> parsed = ParameterValue.parse(type, scalar.content());
    for (Diagnostic diagnostic : parsed.diagnostics()) {
      findings.add(rule.instead(diagnostic, scalar.span()));
    }
    return parsed.orNull();
  }

  /** Returns what a node says by itself: unquoted null, true, false and numbers are such. */
  static Value natural(SyntaxNode node) {
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(natural(item)));
      return new ListValue(items);
    }
    if (node instanceof MappingNode mapping) {
      Map<String, Value> fields = new LinkedHashMap<>();
      mapping.entries().forEach(e -> fields.put(e.key().text(), natural(e.value())));
      return new RowValue(fields);
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar.style() == ScalarNode.Style.PLAIN ? plain(scalar) : Value.text(scalar.text());
  }

  private static Value plain(ScalarNode scalar) {
    String text = scalar.text();
    if (scalar.isNull()) {
      return Value.none();
    }
    if (text.equals("true") || text.equals("false")) {
      return Value.bool(text.equals("true"));
    }
    return NumberText.isNumber(text) ? number(text) : Value.text(text);
  }

  private static Value number(String text) {
    try {
      return Value.integer(Long.parseLong(text));
    } catch (NumberFormatException notAnInteger) {
      return new DecimalValue(new BigDecimal(text));
    }
  }

  /** Returns what expressions know about a value that the file writes out. */
  static Type typeOf(Value value) {
    if (!(value instanceof RowValue row)) {
      return Type.of(value);
    }
    Map<String, Type> fields = new LinkedHashMap<>();
    row.fields().forEach((name, field) -> fields.put(name, typeOf(field)));
    return Type.row(fields);
  }
}
