package dev.pgrunbook.render;

import dev.pgrunbook.language.Vocabulary;
import dev.pgrunbook.syntax.Comment;
import dev.pgrunbook.syntax.MappingNode;
import dev.pgrunbook.syntax.ScalarNode;
import dev.pgrunbook.syntax.SequenceNode;
import dev.pgrunbook.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tree of a runbook that loads in YAML, as a person would.
 *
 * <p>Reading what is written gives an equal runbook.
 */
public final class YamlWriter {

  /** Keys whose values take lines of their own, however short they are. */
  private static final Set<String> TALL =
      Set.of("params", "targets", "probe", "sources", "stall", "batch");

  /** Keys whose values are lists of steps. */
  private static final Set<String> STEP_LISTS =
      Set.of("steps", "onFailure", "finally", "onTimeout");

  /** Keys of a file that an empty line stands before. */
  private static final Set<String> SECTIONS =
      Set.of("params", "targets", "steps", "onFailure", "finally");

  private final CodePage page = new CodePage("  ", "#");
  private final Remarks remarks;

  private YamlWriter(Remarks remarks) {
    this.remarks = remarks;
  }

  /**
   * Returns a runbook in YAML.
   *
   * @param comments of the file that the tree was read from
   */
  public static String write(MappingNode runbook, List<Comment> comments) {
    YamlWriter writer = new YamlWriter(new Remarks(runbook, comments));
    writer.runbook(runbook);
    return writer.page.toString();
  }

  private void runbook(MappingNode runbook) {
    page.comments(remarks.header());
    for (String key : Vocabulary.RUNBOOK.names()) {
      MappingNode.Entry entry = runbook.entry(key);
      if (entry != null) {
        if (SECTIONS.contains(key)) {
          page.blank();
        }
        entry(entry);
      }
    }
    page.comments(remarks.rest());
  }

  private void entry(MappingNode.Entry entry) {
    List<Comment> about = remarks.take(entry.key());
    String key = YamlText.key(entry.key().text()) + ":";
    String line = line(entry, key);
    if (line != null) {
      page.line(line, about);
      return;
    }
    page.comments(about);
    page.line(key);
    page.indent();
    inside(entry);
    page.outdent();
  }

  /** Returns a key with its value in one piece; null when the value begins on the next line. */
  private @Nullable String line(MappingNode.Entry entry, String key) {
    SyntaxNode value = entry.value();
    if (value instanceof ScalarNode scalar) {
      int column = page.column() + key.length() + 1;
      return key + " " + YamlText.of(scalar, column, page.margin() + "  ");
    }
    String name = entry.key().text();
    boolean tall = TALL.contains(name) || STEP_LISTS.contains(name);
    String line = key + " " + YamlText.flow(value);
    boolean flow = isEmpty(value) || !tall && fits(line, value) && !hasRows(value);
    return flow ? line : null;
  }

  private static boolean isEmpty(SyntaxNode value) {
    return value instanceof MappingNode map && map.entries().isEmpty()
        || value instanceof SequenceNode list && list.items().isEmpty();
  }

  /** A list of mappings reads better with one a line. */
  private static boolean hasRows(SyntaxNode value) {
    return value instanceof SequenceNode list
        && list.items().stream().anyMatch(item -> item instanceof MappingNode);
  }

  private boolean fits(String line, SyntaxNode value) {
    return page.column() + line.length() <= YamlText.LINE
        && !line.contains("\\n")
        && !remarks.isAbout(value);
  }

  private void inside(MappingNode.Entry entry) {
    if (entry.value() instanceof MappingNode map) {
      map.entries().forEach(this::entry);
    } else if (entry.value() instanceof SequenceNode list) {
      if (STEP_LISTS.contains(entry.key().text())) {
        steps(list);
      } else {
        list.items().forEach(this::item);
      }
    }
  }

  private void steps(SequenceNode list) {
    boolean first = true;
    for (SyntaxNode item : list.items()) {
      if (!first) {
        page.blank();
      }
      first = false;
      block(item, (MappingNode) item);
    }
  }

  /** Writes an item of a list on one line where it fits. */
  private void item(SyntaxNode item) {
    if (item instanceof MappingNode map
        && !map.entries().isEmpty()
        && !fits("- " + YamlText.flow(item), item)) {
      block(item, map);
      return;
    }
    page.comments(remarks.takeAll(item));
    page.indent();
    String text =
        item instanceof ScalarNode scalar
            ? YamlText.of(scalar, page.column(), page.margin())
            : YamlText.flow(item);
    page.dash();
    page.line(text);
    page.outdent();
  }

  /** Writes a mapping of several lines as an item. */
  private void block(SyntaxNode item, MappingNode map) {
    List<Comment> about = new ArrayList<>(remarks.take(item));
    MappingNode.Entry first = map.entries().get(0);
    about.addAll(remarks.take(first.key()));
    boolean tall = !(first.value() instanceof ScalarNode);
    if (tall) {
      about.addAll(remarks.takeAll(first.value()));
    }
    page.comments(about);
    page.indent();
    page.dash();
    map.entries().forEach(this::entry);
    page.outdent();
  }
}
