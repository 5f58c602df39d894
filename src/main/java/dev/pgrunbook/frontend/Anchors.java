package dev.pgrunbook.frontend;

import dev.pgrunbook.source.Diagnostic;
import dev.pgrunbook.source.SourceSpan;
import dev.pgrunbook.source.Spelling;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The anchors of a file, and the budget for their aliases. */
final class Anchors {

  /**
   * @param node what the name stands for; null while that is still being read
   * @param size what the node costs each time it is used
   */
  private record Anchor(SourceSpan span, @Nullable SyntaxNode node, @Nullable Size size) {}

  /**
   * What a node amounts to when everything in it is counted as often as it appears.
   *
   * @param nodes keys and values, itself included
   * @param length UTF-16 code units of text
   * @param depth levels, 0 for a scalar
   */
  record Size(int nodes, int length, int depth) {

    static Size of(SyntaxNode node) {
      if (node instanceof ScalarNode scalar) {
        return new Size(1, scalar.text().length(), 0);
      }
      int nodes = 1;
      int length = 0;
      int depth = 0;
      for (SyntaxNode child : children(node)) {
        Size size = of(child);
        nodes += size.nodes;
        length += size.length;
        depth = Math.max(depth, size.depth);
      }
      return new Size(nodes, length, depth + 1);
    }

    private static List<SyntaxNode> children(SyntaxNode node) {
      if (node instanceof SequenceNode sequence) {
        return sequence.items();
      }
      List<SyntaxNode> children = new java.util.ArrayList<>();
      for (MappingNode.Entry entry : ((MappingNode) node).entries()) {
        children.add(entry.key());
        children.add(entry.value());
      }
      return children;
    }
  }

  private final Map<String, Anchor> anchors = new TreeMap<>();
  private int aliases;
  private int aliasedNodes;
  private int aliasedLength;

  /** Notes that a name's node begins; returns the error when the name is taken. */
  @Nullable Diagnostic open(String name, SourceSpan span) {
    Anchor first = anchors.get(name);
    if (first != null) {
      return Diagnostic.error(
              "yaml-alias", span, "the anchor &" + name + " is written a second time")
          .withHint("give each anchor a name of its own")
          .withRelated("first written here", first.span());
    }
    anchors.put(name, new Anchor(span, null, null));
    return null;
  }

  /** Notes that a name's node has been read. */
  void close(String name, SyntaxNode node) {
    Anchor anchor = Objects.requireNonNull(anchors.get(name));
    if (anchor.node() == null) {
      anchors.put(name, new Anchor(anchor.span(), node, Size.of(node)));
    }
  }

  /** Returns what an alias stands for, or null when it is unknown, still open or too much. */
  @Nullable SyntaxNode resolve(String name) {
    Anchor anchor = anchors.get(name);
    return anchor == null ? null : anchor.node();
  }

  /**
   * Returns what is wrong with an alias, or null.
   *
   * @param depth levels around the alias
   */
  @Nullable Diagnostic use(String name, SourceSpan span, int depth) {
    Anchor anchor = anchors.get(name);
    if (anchor == null) {
      return unknown(name, span);
    }
    Size size = anchor.size();
    if (size == null) {
      return Diagnostic.error(
              "yaml-alias", span, "the alias *" + name + " stands inside what it stands for")
          .withHint("nothing can contain itself; write the inner part out")
          .withRelated("the anchor", anchor.span());
    }
    aliases++;
    aliasedNodes += size.nodes();
    aliasedLength += size.length();
    String reason = exceeded(depth + size.depth());
    return reason == null
        ? null
        : Diagnostic.error("yaml-alias", span, reason)
            .withHint("write it out, or use forEach to repeat a step")
            .withRelated("the anchor", anchor.span());
  }

  /** Returns whether nothing further may be read because the budget is spent. */
  boolean spent() {
    return aliases > Limits.ALIASES
        || aliasedNodes > Limits.ALIASED_NODES
        || aliasedLength > Limits.ALIASED_LENGTH;
  }

  private @Nullable String exceeded(int depth) {
    if (aliases > Limits.ALIASES) {
      return "the file has more than " + Limits.ALIASES + " aliases";
    }
    if (aliasedNodes > Limits.ALIASED_NODES) {
      return "the file's aliases stand for more than " + Limits.ALIASED_NODES + " keys and values";
    }
    if (aliasedLength > Limits.ALIASED_LENGTH) {
      return "the file's aliases stand for more than "
          + Limits.ALIASED_LENGTH
          + " characters of text";
    }
    if (depth > Limits.DEPTH) {
      return "this alias nests deeper than " + Limits.DEPTH + " levels";
    }
    return null;
  }

  private Diagnostic unknown(String name, SourceSpan span) {
    String hint = Spelling.didYouMean(name, anchors.keySet());
    return Diagnostic.error("yaml-alias", span, "there is no anchor &" + name + " above this alias")
        .withHint(hint != null ? hint : "a text that starts with * must be quoted");
  }
}
