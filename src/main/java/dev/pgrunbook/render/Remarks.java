package dev.pgrunbook.render;

import dev.pgrunbook.syntax.Comment;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The comments of a file, by the keys and items that they are about.
 *
 * <p>A comment is about what stands before it on its line, or about what comes next in the file,
 * wherever that goes; each is given out once.
 */
final class Remarks {

  private static final Set<String> GATHERING = Set.of("params", "targets", "steps");

  private final NavigableSet<Integer> places = new TreeSet<>();
  private final TreeMap<Integer, List<Comment>> byPlace = new TreeMap<>();
  private final List<Comment> header = new ArrayList<>();
  private final List<Comment> last = new ArrayList<>();

  Remarks(SyntaxNode tree, List<Comment> comments) {
    collect(tree);
    int headed = headed(comments);
    header.addAll(comments.subList(0, headed));
    for (Comment comment : comments.subList(headed, comments.size())) {
      Integer place = place(comment);
      if (place == null) {
        last.add(comment);
      } else {
        byPlace.computeIfAbsent(place, none -> new ArrayList<>()).add(comment);
      }
    }
  }

  /** Returns how many comments begin the file and stand apart from what comes next. */
  private static int headed(List<Comment> comments) {
    int headed = 0;
    int end = 0;
    for (int i = 0; i < comments.size(); i++) {
      Comment comment = comments.get(i);
      String text = comment.span().file().text();
      if (!text.substring(end, comment.span().start()).isBlank()) {
        break;
      }
      end = comment.span().end();
      headed = comment.standsApart() ? i + 1 : headed;
    }
    return headed;
  }

  private void collect(SyntaxNode node) {
    if (node instanceof MappingNode mapping) {
      for (MappingNode.Entry entry : mapping.entries()) {
        if (isWritten(entry.key())) {
          places.add(entry.key().span().start());
        }
        collect(entry.value());
      }
    } else if (node instanceof SequenceNode sequence) {
      for (SyntaxNode item : sequence.items()) {
        places.add(item.span().start());
        collect(item);
      }
    }
  }

  private @Nullable Integer place(Comment comment) {
    int start = comment.span().start();
    if (comment.trails()) {
      String text = comment.span().file().text();
      Integer first = places.higher(text.lastIndexOf('\n', start));
      if (first != null && first < start) {
        return first;
      }
    }
    return places.ceiling(start);
  }

  /**
   * Returns whether a key stands in the file. Groovy has no words for the keys that gather
   * parameters, targets and steps; these are at the place of the first one, whose comments they
   * must not take.
   */
  private static boolean isWritten(SyntaxNode key) {
    return !(key instanceof ScalarNode scalar)
        || !GATHERING.contains(scalar.text())
        || key.span().file().text().startsWith(scalar.text(), key.span().start());
  }

  /** Gives out the comments that begin the file. */
  List<Comment> header() {
    return header;
  }

  /** Returns whether there are comments about a node or something in it. */
  boolean isAbout(SyntaxNode node) {
    return !byPlace.isEmpty() && !find(node, false).isEmpty();
  }

  /** Gives out the comments about a place, such as a key's. */
  List<Comment> take(SyntaxNode node) {
    if (!isWritten(node)) {
      return List.of();
    }
    List<Comment> comments = byPlace.remove(node.span().start());
    return comments == null ? List.of() : comments;
  }

  /** Gives out the comments about a node and all that is in it. */
  List<Comment> takeAll(SyntaxNode node) {
    return byPlace.isEmpty() ? List.of() : find(node, true);
  }

  /** Returns the comments at the end, and those that nobody has taken. */
  List<Comment> rest() {
    List<Comment> rest = new ArrayList<>();
    byPlace.values().forEach(rest::addAll);
    byPlace.clear();
    rest.addAll(last);
    last.clear();
    return rest;
  }

  private List<Comment> find(SyntaxNode node, boolean take) {
    List<Comment> found = new ArrayList<>();
    List<Comment> here = take ? take(node) : byPlace.getOrDefault(node.span().start(), List.of());
    found.addAll(here);
    if (node instanceof MappingNode mapping) {
      for (MappingNode.Entry entry : mapping.entries()) {
        found.addAll(find(entry.key(), take));
        found.addAll(find(entry.value(), take));
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.items().forEach(item -> found.addAll(find(item, take)));
    }
    return found;
  }
}
