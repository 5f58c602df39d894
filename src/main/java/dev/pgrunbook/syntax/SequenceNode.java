package dev.pgrunbook.syntax;

import dev.pgrunbook.source.SourceSpan;
import java.util.List;

/**
 * Values in order.
 *
 * @param span where it stands
 * @param items the values
 */
public record SequenceNode(SourceSpan span, List<SyntaxNode> items) implements SyntaxNode {

  public SequenceNode {
    items = List.copyOf(items);
  }

  @Override
  public String description() {
    return "a list";
  }
}
