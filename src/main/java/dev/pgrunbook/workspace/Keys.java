package dev.pgrunbook.workspace;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the values of a mapping's keys, and tells in the end which keys nobody asked for. */
final class Keys {

  private final MappingNode node;
  private final String subject;
  private final List<Diagnostic> diagnostics;
  private final Set<String> known = new LinkedHashSet<>();

  private Keys(MappingNode node, String subject, List<Diagnostic> diagnostics) {
    this.node = node;
    this.subject = subject;
    this.diagnostics = diagnostics;
  }

  /** Returns the keys of a node; null when it is no mapping, which is reported. */
  static @Nullable Keys of(SyntaxNode node, String subject, List<Diagnostic> diagnostics) {
    if (node instanceof MappingNode mapping) {
      return new Keys(mapping, subject, diagnostics);
    }
    String message = subject + " must be a mapping, not " + node.description();
    diagnostics.add(Diagnostic.error("wrong-type", node.span(), message));
    return null;
  }

  MappingNode node() {
    return node;
  }

  @Nullable SyntaxNode take(String key) {
    known.add(key);
    return node.get(key);
  }

  @Nullable ScalarNode scalar(String key) {
    SyntaxNode value = take(key);
    return value == null ? null : scalar(value, "\"" + key + "\"", diagnostics);
  }

  /** Returns a node as a text; null when it is none, which is reported. */
  static @Nullable ScalarNode scalar(SyntaxNode value, String name, List<Diagnostic> diagnostics) {
    if (value instanceof ScalarNode scalar && !scalar.isNull()) {
      return scalar;
    }
    String message = name + " must be a text, not " + value.description();
    diagnostics.add(Diagnostic.error("wrong-type", value.span(), message));
    return null;
  }

  @Nullable String text(String key) {
    ScalarNode scalar = scalar(key);
    return scalar == null ? null : scalar.text();
  }

  boolean flag(String key) {
    ScalarNode scalar = scalar(key);
    boolean isTrue = scalar != null && scalar.text().equals("true");
    if (scalar != null && !isTrue && !scalar.text().equals("false")) {
      String message = "\"" + key + "\" must be true or false";
      diagnostics.add(Diagnostic.error("wrong-type", scalar.span(), message));
    }
    return isTrue;
  }

  /** Returns the texts of a key's list; none when it is absent. */
  List<String> texts(String key) {
    SyntaxNode value = take(key);
    List<String> texts = new ArrayList<>();
    if (value instanceof SequenceNode sequence) {
      for (SyntaxNode item : sequence.items()) {
        ScalarNode scalar = scalar(item, "an item of \"" + key + "\"", diagnostics);
        if (scalar != null) {
          texts.add(scalar.text());
        }
      }
    } else if (value != null) {
      String message = "\"" + key + "\" must be a list, not " + value.description();
      diagnostics.add(
          Diagnostic.error("wrong-type", value.span(), message).withHint("write [a, b]"));
    }
    return texts;
  }

  /** Returns the entries of a key's mapping; none when it is absent or holds nothing. */
  List<MappingNode.Entry> entries(String key) {
    SyntaxNode value = take(key);
    boolean holdsNothing = value instanceof ScalarNode scalar && scalar.isNull();
    Keys keys = value == null || holdsNothing ? null : of(value, "\"" + key + "\"", diagnostics);
    return keys == null ? List.of() : keys.node.entries();
  }

  @Nullable Keys mapping(String key) {
    SyntaxNode value = take(key);
    return value == null ? null : of(value, "\"" + key + "\"", diagnostics);
  }

  /** Reports every key that nobody asked for. */
  void finish() {
    for (MappingNode.Entry entry : node.entries()) {
      String key = entry.key().text();
      if (!known.contains(key)) {
        String meant = Spelling.didYouMean(key, known);
        String allowed = "allowed here: " + String.join(", ", known);
        String message = "unknown key \"" + key + "\" in " + subject;
        diagnostics.add(
            Diagnostic.error("unknown-key", entry.key().span(), message)
                .withHint(meant == null ? allowed : meant));
      }
    }
  }
}
