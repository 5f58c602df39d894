package dev.pgrunbook.frontend.groovy;

import dev.pgrunbook.frontend.groovy.Datum.Decimal;
import dev.pgrunbook.frontend.groovy.Datum.Function;
import dev.pgrunbook.frontend.groovy.Datum.Listing;
import dev.pgrunbook.frontend.groovy.Datum.Mapping;
import dev.pgrunbook.frontend.groovy.Datum.Nothing;
import dev.pgrunbook.frontend.groovy.Datum.Reference;
import dev.pgrunbook.frontend.groovy.Datum.Text;
import dev.pgrunbook.frontend.groovy.Datum.Truth;
import dev.pgrunbook.frontend.groovy.Datum.Whole;
import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceCharacters;
import dev.pgrunbook.source.SourceFile;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.SourceText;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes values into nodes of the runbook. */
final class Nodes {

  /** Keys whose values are prose or SQL: a bare name there is a slip. */
  private static final Set<String> TEXTS =
      Set.of(
          "title",
          "description",
          "note",
          "tip",
          "warning",
          "message",
          "confirm",
          "gate",
          "manual",
          "text",
          "sql",
          "query",
          "generate",
          "check",
          "unless",
          "verify",
          "undo",
          "sources",
          "default",
          "example",
          "choices",
          "pattern",
          "version",
          "requires",
          "links");

  private final Evaluation evaluation;
  private int nodes;
  private long length;

  Nodes(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /**
   * Returns the node of a key's value.
   *
   * @param key the key that it is said for
   */
  SyntaxNode of(Datum datum, String key) {
    return of(datum, key, 0);
  }

  private SyntaxNode of(Datum datum, String key, int depth) {
    SourceSpan span = datum.span();
    count(span, depth);
    if (datum instanceof Text text) {
      return scalar(span, TextBlocks.block(text.content()), ScalarNode.Style.TEXT);
    }
    if (datum instanceof Listing list) {
      List<SyntaxNode> items = new ArrayList<>();
      list.items().forEach(item -> items.add(of(item, key, depth + 1)));
      return new SequenceNode(span, items);
    }
    if (datum instanceof Mapping map) {
      List<MappingNode.Entry> entries = new ArrayList<>();
      for (Mapping.Field field : map.fields().values()) {
        check(field.key().content(), field.key().span());
        entries.add(new MappingNode.Entry(field.key(), of(field.value(), key, depth + 1)));
      }
      return new MappingNode(span, entries);
    }
    if (datum instanceof Reference reference) {
      return reference(reference, key);
    }
    return plain(datum, key);
  }

  private SyntaxNode plain(Datum datum, String key) {
    SourceSpan span = datum.span();
    if (datum instanceof Nothing) {
      return written(span, "null");
    }
    if (datum instanceof Truth truth) {
      return written(span, String.valueOf(truth.value()));
    }
    if (datum instanceof Whole whole) {
      return written(span, whole.value().toString());
    }
    if (datum instanceof Decimal decimal) {
      return written(span, decimal.value().toPlainString());
    }
    if (datum instanceof Function) {
      throw Refusal.of(span, "\"" + key + "\" needs a value, not a closure", "call it: name()");
    }
    throw new AssertionError(datum);
  }

  private static SyntaxNode written(SourceSpan span, String text) {
    SourceFile file = span.file();
    SourceText content =
        file.text().substring(span.start(), span.end()).equals(text)
            ? SourceText.verbatim(file, span.start(), span.end())
            : SourceText.builder(file)
                .appendInstead(text, span.start(), span.end())
                .build(span.start());
    return new ScalarNode(span, content, ScalarNode.Style.PLAIN);
  }

  private SyntaxNode reference(Reference reference, String key) {
    String name = reference.path().text();
    if (TEXTS.contains(key)) {
      throw Refusal.of(
          reference.span(),
          "\"" + key + "\" needs a text, and " + name + " is no local name of the file",
          "write it in quotes, or declare it: def " + name + " = …");
    }
    return scalar(reference.span(), reference.path(), ScalarNode.Style.PLAIN);
  }

  private void count(SourceSpan span, int depth) {
    evaluation.budget().step(span);
    if (++nodes > GroovyLimits.NODES) {
      throw Refusal.limit(
          span,
          "the runbook has more than " + GroovyLimits.NODES + " keys and values",
          "split it into several runbooks");
    }
    if (depth > GroovyLimits.DEPTH) {
      throw Refusal.limit(
          span,
          "lists and maps nest deeper than " + GroovyLimits.DEPTH + " levels",
          Budget.FLATTER);
    }
  }

  private SyntaxNode scalar(SourceSpan span, SourceText content, ScalarNode.Style style) {
    check(content, span);
    return new ScalarNode(span, content, style);
  }

  /** Refuses what YAML would refuse, too: long texts, and characters that hide something. */
  private void check(SourceText content, SourceSpan span) {
    String text = content.text();
    length += text.length();
    if (text.length() > GroovyLimits.SCALAR_LENGTH) {
      throw Refusal.limit(
          span,
          "this text has more than " + GroovyLimits.SCALAR_LENGTH + " characters",
          "move long SQL to a file of its own and name it with sql file: 'name.sql'");
    }
    if (length > GroovyLimits.RUNBOOK_LENGTH) {
      throw Refusal.limit(
          span,
          "the runbook's texts have more than " + GroovyLimits.RUNBOOK_LENGTH + " characters",
          "let a step loop with forEach instead of writing it many times");
    }
    int bad = SourceCharacters.indexOfForbidden(text, 0);
    if (bad >= 0) {
      String character = SourceCharacters.describe(text.codePointAt(bad));
      throw Refusal.of(
          Diagnostic.error(
                  "forbidden-character",
                  content.span(bad, bad + 1),
                  "the character " + character + " is not allowed in a runbook")
              .withHint("where SQL needs it write chr(%d)".formatted(text.codePointAt(bad))));
    }
  }
}
