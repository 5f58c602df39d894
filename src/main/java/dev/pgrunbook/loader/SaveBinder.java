package dev.pgrunbook.loader;

import dev.pgrunbook.expression.Type;
import dev.pgrunbook.model.Save;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds {@code save}, and knows every variable that a file ever saves. */
final class SaveBinder {

  private final Findings findings;

  /** The names that the file has given away so far, with their places. */
  private final Map<String, SourceSpan> taken;

  SaveBinder(Findings findings, Map<String, SourceSpan> taken) {
    this.findings = findings;
    this.taken = taken;
  }

  /** Returns what a step saves, or null. */
  @Nullable Save bind(MappingReader reader) {
    SyntaxNode node = reader.take("save");
    if (node instanceof MappingNode mapping && !mapping.entries().isEmpty()) {
      return columns(reader, mapping);
    }
    if (node instanceof ScalarNode scalar && !scalar.isNull()) {
      return claim(scalar) ? new Save.SaveRows(scalar.text()) : null;
    }
    if (node != null) {
      findings.add(
          RunbookRule.WRONG_TYPE
              .at(node.span(), "\"save\" must be a name, not " + node.description())
              .withHint("write save: rows, or save: {variable: column}"));
    }
    return null;
  }

  private @Nullable Save columns(MappingReader reader, MappingNode mapping) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (MappingNode.Entry entry : mapping.entries()) {
      ScalarNode column = reader.asScalar(entry.value(), "a column");
      if (claim(entry.key()) && column != null) {
        columns.put(entry.key().text(), column.text());
      }
    }
    return columns.isEmpty() ? null : new Save.SaveColumns(columns);
  }

  /** Gives a name to a variable, unless it is misspelled or has been given away. */
  boolean claim(ScalarNode name) {
    if (NameForm.VARIABLE.refuses(name, "a variable", findings)) {
      return false;
    }
    SourceSpan first = taken.putIfAbsent(name.text(), name.span());
    if (first == null) {
      return true;
    }
    findings.add(
        RunbookRule.DUPLICATE_NAME
            .at(name.span(), "the name \"" + name.text() + "\" is taken already")
            .withHint("a name means one thing in a runbook; a skipped step would save null over it")
            .withRelated("first used here", first));
    return false;
  }

  /** Returns the variables of a save with what is known about them. */
  static List<Variable> variables(
      Save save, MappingReader reader, boolean eachItem, boolean insideLoop) {
    SourceSpan span = reader.keySpan("save");
    if (save instanceof Save.SaveRows rows) {
      return List.of(Variable.of(rows.variable(), Type.list(Type.openRow()), span));
    }
    // Under forEach values are appended; inside a loop around the step nobody is sure yet.
    Type type = eachItem && !insideLoop ? Type.list(Type.DYNAMIC) : Type.DYNAMIC;
    List<Variable> variables = new ArrayList<>();
    save.variables().forEach(name -> variables.add(Variable.of(name, type, span)));
    return variables;
  }

  /** Returns where each variable of a tree is saved or asked for, wherever that is. */
  static Map<String, SourceSpan> everSaved(SyntaxNode root) {
    Map<String, SourceSpan> names = new LinkedHashMap<>();
    collect(root, names);
    return names;
  }

  private static void collect(SyntaxNode node, Map<String, SourceSpan> names) {
    if (node instanceof SequenceNode sequence) {
      sequence.items().forEach(item -> collect(item, names));
    } else if (node instanceof MappingNode mapping) {
      for (MappingNode.Entry entry : mapping.entries()) {
        String key = entry.key().text();
        if (key.equals("save") || key.equals("ask")) {
          collectNames(entry.value(), names);
        } else {
          collect(entry.value(), names);
        }
      }
    }
  }

  private static void collectNames(SyntaxNode node, Map<String, SourceSpan> names) {
    if (node instanceof ScalarNode scalar) {
      names.putIfAbsent(scalar.text(), scalar.span());
    } else if (node instanceof MappingNode mapping) {
      mapping.entries().forEach(e -> names.putIfAbsent(e.key().text(), e.key().span()));
    }
  }
}
