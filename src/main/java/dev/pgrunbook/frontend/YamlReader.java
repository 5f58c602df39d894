package dev.pgrunbook.frontend;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Builds the tree of one file from SnakeYAML's events. */
final class YamlReader {

  /** Thrown to end the reading of a file at a mistake after which going on makes no sense. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Diagnostic diagnostic;

    Stopped(Diagnostic diagnostic) {
      super(diagnostic.message(), null, false, false);
      this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  private final SourceFile file;
  private final List<Diagnostic> diagnostics;
  private final Offsets offsets;
  private final Parser parser;
  private final Anchors anchors = new Anchors();
  private int nodes;
  private int lastOffset;

  YamlReader(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
    this.offsets = new Offsets(file.text());
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.parser = new ParserImpl(new StreamReader(file.text()), options);
  }

  Offsets offsets() {
    return offsets;
  }

  /** Returns the offset after the last thing that was read. */
  int lastOffset() {
    return lastOffset;
  }

  /** Returns the root of the file's only document; null when there is none, which is reported. */
  @Nullable SyntaxNode read() {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      report(empty(0));
      return null;
    }
    parser.getEvent();
    SyntaxNode root = node(0);
    if (root instanceof ScalarNode scalar && scalar.isNull()) {
      report(empty(scalar.span().start()));
    }
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      int start = offsets.of(parser.peekEvent().getStartMark());
      SourceSpan span = file.span(start, Math.min(start + 3, file.text().length()));
      report(
          Diagnostic.error("yaml-multiple-documents", span, "a second document begins here")
              .withHint("a file holds one runbook; write the other one to a file of its own"));
      return root;
    }
    int lineEnd = file.text().indexOf('\n', lastOffset);
    Diagnostic directive = lineEnd < 0 ? null : Prelude.directive(file, lineEnd + 1);
    if (directive != null) {
      report(directive);
    }
    return root;
  }

  private Diagnostic empty(int offset) {
    return Diagnostic.error("yaml-empty", file.span(offset, offset), "the file is empty")
        .withHint("a runbook begins with \"runbook: name\", \"version:\" and \"steps:\"");
  }

  /** Reads the node that comes next; null stands for one that was refused and reported. */
  private @Nullable SyntaxNode node(int depth) {
    Event event = parser.getEvent();
    if (++nodes > Limits.NODES) {
      throw stop(
          "yaml-size",
          span(event),
          "the file has more than " + Limits.NODES + " keys and values",
          "split it into several runbooks");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias, depth);
    }
    NodeProperties properties = NodeProperties.of(file, offsets, (NodeEvent) event);
    checkTag(properties, event);
    String anchor = open(properties);
    SyntaxNode node;
    if (event instanceof ScalarEvent scalar) {
      node = scalar(scalar, properties.end());
    } else if (depth == Limits.DEPTH) {
      throw stop(
          "yaml-depth",
          span(event),
          "nested deeper than the limit of " + Limits.DEPTH + " levels",
          "flatten it; a text that starts with [ or { must be quoted");
    } else if (event.is(Event.ID.SequenceStart)) {
      node = sequence(properties.end(), depth + 1);
    } else {
      node = mapping(properties.end(), depth + 1);
    }
    if (anchor != null) {
      anchors.close(anchor, node);
    }
    return node;
  }

  private void checkTag(NodeProperties properties, Event event) {
    boolean tagged =
        event instanceof ScalarEvent scalar
            ? scalar.getTag() != null
            : ((CollectionStartEvent) event).getTag() != null;
    SourceSpan tag = properties.tag();
    if (tagged) {
      report(
          Diagnostic.error("yaml-tag", tag != null ? tag : span(event), "YAML tags are not allowed")
              .withHint(
                  "remove it, types come from the parameter; a text that starts with ! must be"
                      + " quoted"));
    }
  }

  /** Opens a node's anchor, and returns its name when it is to be closed. */
  private @Nullable String open(NodeProperties properties) {
    String name = properties.anchorName();
    SourceSpan span = properties.anchor();
    if (name == null || span == null) {
      return null;
    }
    Diagnostic taken = anchors.open(name, span);
    if (taken == null) {
      return name;
    }
    report(taken);
    return null;
  }

  private @Nullable SyntaxNode alias(AliasEvent event, int depth) {
    Diagnostic mistake = anchors.use(event.getAnchor(), span(event), depth);
    lastOffset = offsets.of(event.getEndMark());
    if (mistake == null) {
      return anchors.resolve(event.getAnchor());
    }
    if (anchors.spent()) {
      throw new Stopped(mistake);
    }
    report(mistake);
    return null;
  }

  private ScalarNode scalar(ScalarEvent event, int start) {
    String value = event.getValue();
    int end = offsets.of(event.getEndMark());
    boolean absent = event.getScalarStyle() == ScalarStyle.PLAIN && value.isEmpty();
    int first = absent ? end : Math.min(start, end);
    if (value.length() > Limits.SCALAR_LENGTH) {
      throw stop(
          "yaml-size",
          file.span(first, first),
          "this text is longer than the limit of " + Limits.SCALAR_LENGTH + " characters",
          "move long SQL to a file of its own and name it with {file: …}");
    }
    SourceText content = ScalarText.of(file, first, end, event.getScalarStyle(), value);
    int last = isBlock(event) ? content.span().end() : end;
    lastOffset = Math.max(first, last);
    checkCharacters(content);
    ScalarNode.Style style =
        event.getScalarStyle() == ScalarStyle.PLAIN
            ? ScalarNode.Style.PLAIN
            : ScalarNode.Style.TEXT;
    return new ScalarNode(file.span(first, lastOffset), content, style);
  }

  private static boolean isBlock(ScalarEvent event) {
    return event.getScalarStyle() == ScalarStyle.LITERAL
        || event.getScalarStyle() == ScalarStyle.FOLDED;
  }

  /** Refuses through escapes what may not stand in a file directly either. */
  private void checkCharacters(SourceText content) {
    int bad = SourceCharacters.indexOfForbidden(content.text(), 0);
    if (bad >= 0) {
      String character = SourceCharacters.describe(content.text().codePointAt(bad));
      report(
          Diagnostic.error(
                  "forbidden-character",
                  content.span(bad, bad + 1),
                  "this escape stands for " + character + ", which no text may hold")
              .withHint("where SQL needs it, write chr(…) in the SQL"));
    }
  }

  private SequenceNode sequence(int start, int depth) {
    lastOffset = start;
    List<SyntaxNode> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      SyntaxNode item = node(depth);
      if (item != null) {
        items.add(item);
      }
    }
    return new SequenceNode(file.span(start, end(start)), items);
  }

  private MappingNode mapping(int start, int depth) {
    lastOffset = start;
    List<MappingNode.Entry> entries = new ArrayList<>();
    Map<String, SourceSpan> seen = new HashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      ScalarNode key = key(depth);
      SyntaxNode value = node(depth);
      if (key != null && isNew(key, seen) && value != null) {
        entries.add(new MappingNode.Entry(key, value));
      }
    }
    return new MappingNode(file.span(start, end(start)), entries);
  }

  /** Takes a collection's end and returns its offset: a bracket's, else the last child's. */
  private int end(int start) {
    Event event = parser.getEvent();
    int bracket = offsets.of(event.getEndMark());
    if (bracket > offsets.of(event.getStartMark())) {
      lastOffset = bracket;
    }
    return Math.max(start, lastOffset);
  }

  private boolean isNew(ScalarNode key, Map<String, SourceSpan> seen) {
    SourceSpan first = seen.putIfAbsent(key.text(), key.span());
    if (first == null) {
      return true;
    }
    String message = "the key \"" + key.text() + "\" stands in this mapping a second time";
    report(
        Diagnostic.error("yaml-duplicate-key", key.span(), message)
            .withHint("keep one of the two")
            .withRelated("first written here", first));
    return false;
  }

  /** Reads a key; null stands for one that was refused and reported. */
  private @Nullable ScalarNode key(int depth) {
    SourceSpan place = span(parser.peekEvent());
    boolean alias = parser.checkEvent(Event.ID.Alias);
    SyntaxNode node = node(depth);
    if (node == null) {
      return null;
    }
    if (alias || !(node instanceof ScalarNode key)) {
      String kind = alias ? "an alias" : node.description();
      report(
          Diagnostic.error("yaml-key", place, "a key must be a text, not " + kind)
              .withHint("a text that starts with {, [ or * must be quoted"));
      return null;
    }
    if (key.isNull()) {
      report(
          Diagnostic.error("yaml-key", key.span(), "a key is missing before the colon")
              .withHint("write the key; a text that starts with a colon must be quoted"));
      return null;
    }
    if (key.style() == ScalarNode.Style.PLAIN && startsWithOddSpace(key.text())) {
      String space = SourceCharacters.describe(key.text().codePointAt(0));
      report(
          Diagnostic.error(
                  "yaml-syntax", key.span(), "this key begins with " + space + ", not indentation")
              .withHint("indent with the space bar's space"));
      return null;
    }
    if (key.style() == ScalarNode.Style.PLAIN && key.text().equals("<<")) {
      report(
          Diagnostic.error("yaml-merge-key", key.span(), "merge keys are not allowed")
              .withHint("write the keys out where they are meant"));
      return null;
    }
    return key;
  }

  /** No-break and typographic spaces look like indentation and are text. */
  private static boolean startsWithOddSpace(String text) {
    return !text.isEmpty() && Character.getType(text.charAt(0)) == Character.SPACE_SEPARATOR;
  }

  private SourceSpan span(Event event) {
    int start = offsets.of(event.getStartMark());
    return file.span(start, Math.max(start, offsets.of(event.getEndMark())));
  }

  private void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    if (diagnostics.size() == Limits.DIAGNOSTICS) {
      SourceSpan span = diagnostic.span() != null ? diagnostic.span() : file.span(0, 0);
      throw stop(
          "yaml-size",
          span,
          "the file has more than " + Limits.DIAGNOSTICS + " mistakes",
          "mend these first; the rest of the file was not read");
    }
  }

  private static Stopped stop(String code, SourceSpan span, String message, String hint) {
    return new Stopped(Diagnostic.error(code, span, message).withHint(hint));
  }
}
