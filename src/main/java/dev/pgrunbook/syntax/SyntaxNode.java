package dev.pgrunbook.syntax;

import dev.pgrunbook.source.SourceSpan;

/** A node of a file that was read as data: a mapping, a sequence or a scalar, with its place. */
public sealed interface SyntaxNode permits MappingNode, SequenceNode, ScalarNode {

  /** Returns where the node stands. */
  SourceSpan span();

  /** Returns what people call such a node: "a mapping", "a list", "a text". */
  String description();
}
