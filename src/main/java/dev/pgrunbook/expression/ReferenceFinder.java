package dev.pgrunbook.expression;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the names of a tree, each with the members taken of it. */
final class ReferenceFinder implements Node.Fold<Set<Reference>> {

  private final Set<Reference> references = new LinkedHashSet<>();

  private ReferenceFinder() {}

  static Set<Reference> find(Node tree) {
    return Collections.unmodifiableSet(tree.fold(new ReferenceFinder()));
  }

  @Override
  public Set<Reference> literal(Node.Literal node) {
    return references;
  }

  @Override
  public Set<Reference> listLiteral(Node.ListLiteral node) {
    return all(node.items());
  }

  private Set<Reference> all(List<Node> nodes) {
    for (Node node : nodes) {
      node.fold(this);
    }
    return references;
  }

  @Override
  public Set<Reference> name(Node.Name node) {
    return path(node);
  }

  @Override
  public Set<Reference> member(Node.Member node) {
    return path(node);
  }

  @Override
  public Set<Reference> index(Node.Index node) {
    return path(node);
  }

  /** Walks from the last member to the name; an index that is not a literal text ends the path. */
  private Set<Reference> path(Node last) {
    Deque<String> path = new ArrayDeque<>();
    Node node = last;
    while (true) {
      if (node instanceof Node.Name name) {
        references.add(new Reference(name.name(), List.copyOf(path)));
        return references;
      } else if (node instanceof Node.Member member) {
        path.addFirst(member.name());
        node = member.target();
      } else if (node instanceof Node.Index index) {
        String key = literalKey(index);
        if (key == null) {
          index.key().fold(this);
          return index.target().fold(this);
        }
        path.addFirst(key);
        node = index.target();
      } else {
        return node.fold(this);
      }
    }
  }

  private static @Nullable String literalKey(Node.Index index) {
    return index.key() instanceof Node.Literal literal && Texts.isText(literal.value())
        ? Texts.content(literal.value())
        : null;
  }

  @Override
  public Set<Reference> call(Node.Call node) {
    return all(node.operands());
  }

  @Override
  public Set<Reference> not(Node.Not node) {
    return node.operand().fold(this);
  }

  @Override
  public Set<Reference> negate(Node.Negate node) {
    return node.operand().fold(this);
  }

  @Override
  public Set<Reference> binary(Node.Binary node) {
    return all(List.of(node.left(), node.right()));
  }

  @Override
  public Set<Reference> logical(Node.Logical node) {
    return all(List.of(node.left(), node.right()));
  }

  @Override
  public Set<Reference> conditional(Node.Conditional node) {
    return all(List.of(node.condition(), node.then(), node.otherwise()));
  }
}
