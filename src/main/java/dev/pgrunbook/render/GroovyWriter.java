package dev.pgrunbook.render;

import dev.pgrunbook.language.StepKind;
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
 * Writes the tree of a runbook that loads in Groovy, as a person would.
 *
 * <p>Reading what is written gives an equal runbook. Named arguments stand in parentheses: without
 * them Groovy's parser takes several times as long for the whole file.
 */
public final class GroovyWriter {

  private static final Set<String> STEP_LISTS = Set.of("onFailure", "finally", "onTimeout");

  /** Keys whose values are names of the runbook, which need no quotes. */
  private static final Set<String> NAMES = Set.of("forEach", "save");

  private final CodePage page = new CodePage("    ", "//");
  private final Remarks remarks;

  private GroovyWriter(Remarks remarks) {
    this.remarks = remarks;
  }

  /**
   * Returns a runbook in Groovy.
   *
   * @param comments of the file that the tree was read from
   */
  public static String write(MappingNode runbook, List<Comment> comments) {
    GroovyWriter writer = new GroovyWriter(new Remarks(runbook, comments));
    writer.runbook(runbook);
    return writer.page.toString();
  }

  private void runbook(MappingNode runbook) {
    page.comments(remarks.header());
    for (String key : Vocabulary.RUNBOOK.names()) {
      MappingNode.Entry entry = runbook.entry(key);
      if (entry != null) {
        part(entry);
      }
    }
    page.outdent();
    page.line("}");
    page.comments(remarks.rest());
  }

  private void part(MappingNode.Entry entry) {
    switch (entry.key().text()) {
      case "runbook" -> {
        page.comments(remarks.take(entry.key()));
        page.line("runbook(" + GroovyText.inline(entry.value()) + ") {");
        page.indent();
      }
      case "params" -> declarations(entry, "param");
      case "targets" -> declarations(entry, "target");
      case "steps" -> {
        page.blank();
        page.comments(remarks.take(entry.key()));
        steps(entry.value());
      }
      default -> entry(entry, null);
    }
  }

  private void declarations(MappingNode.Entry group, String word) {
    page.blank();
    page.comments(remarks.take(group.key()));
    if (group.value() instanceof MappingNode declared) {
      declared.entries().forEach(entry -> declaration(entry, word));
    }
  }

  private void declaration(MappingNode.Entry entry, String word) {
    List<Comment> about = remarks.take(entry.key());
    String call = word + "(" + GroovyText.quoted(entry.key().text());
    if (!(entry.value() instanceof MappingNode map) || map.entries().isEmpty()) {
      page.line(call + ")", about);
      return;
    }
    String line = call + ", " + GroovyText.fields(map) + ")";
    if (fits(line, map)) {
      page.line(line, about);
    } else {
      page.comments(about);
      page.line(call + ") {");
      page.indent();
      map.entries().forEach(field -> entry(field, null));
      page.outdent();
      page.line("}");
    }
  }

  private void steps(SyntaxNode list) {
    if (!(list instanceof SequenceNode sequence)) {
      return;
    }
    boolean first = true;
    for (SyntaxNode item : sequence.items()) {
      if (!first) {
        page.blank();
      }
      first = false;
      step((MappingNode) item);
    }
  }

  private void step(MappingNode step) {
    StepKind kind = kind(step);
    List<Comment> about = new ArrayList<>(remarks.take(step));
    about.addAll(remarks.take(step.entries().get(0).key()));
    for (MappingNode.Entry entry : step.entries()) {
      if (entry.key().text().equals("id")) {
        about.addAll(remarks.take(entry.key()));
      }
    }
    page.comments(about);
    SyntaxNode id = step.get("id");
    page.line(kind.key() + "(" + (id == null ? "" : GroovyText.inline(id)) + ") {");
    page.indent();
    for (MappingNode.Entry entry : step.entries()) {
      if (!entry.key().text().equals("id")) {
        stepEntry(entry, kind);
      }
    }
    page.outdent();
    page.line("}");
  }

  private static StepKind kind(MappingNode step) {
    for (MappingNode.Entry entry : step.entries()) {
      StepKind kind = StepKind.of(entry.key().text());
      if (kind != null) {
        return kind;
      }
    }
    throw new IllegalArgumentException("a step without a kind does not load");
  }

  private void stepEntry(MappingNode.Entry entry, StepKind kind) {
    if (!entry.key().text().equals(kind.key())) {
      entry(entry, kind);
      return;
    }
    switch (kind) {
      case QUERY, SQL, GENERATE, CHECK -> value(entry, "sql");
      case GATE, MANUAL -> value(entry, "text");
      case SHELL -> value(entry, "argv");
      case CALL -> value(entry, "call");
      case STEPS -> {
        page.comments(remarks.take(entry.key()));
        steps(entry.value());
      }
      case PROBE, BATCH, WAIT -> {
        if (entry.value() instanceof MappingNode map) {
          page.comments(remarks.take(entry.key()));
          map.entries().forEach(inner -> entry(inner, kind));
        } else {
          value(entry, kind.key());
        }
      }
    }
  }

  /**
   * Writes a key.
   *
   * @param kind the kind of step that it is in; null outside of steps
   */
  private void entry(MappingNode.Entry entry, @Nullable StepKind kind) {
    String key = entry.key().text();
    if (STEP_LISTS.contains(key)) {
      if (kind == null) {
        page.blank();
      }
      braces(entry, key.equals("finally") ? "always" : key, () -> steps(entry.value()));
    } else if (key.equals("stall") && entry.value() instanceof MappingNode stall) {
      braces(entry, key, () -> stall.entries().forEach(this::ofStall));
    } else {
      value(entry, method(key));
    }
  }

  private void ofStall(MappingNode.Entry entry) {
    if (entry.key().text().equals("steps")) {
      braces(entry, "steps", () -> steps(entry.value()));
    } else {
      value(entry, entry.key().text());
    }
  }

  private void braces(MappingNode.Entry entry, String word, Runnable content) {
    page.comments(remarks.take(entry.key()));
    page.line(word + " {");
    page.indent();
    content.run();
    page.outdent();
    page.line("}");
  }

  private static String method(String key) {
    return key.equals("default") ? "defaultValue" : key;
  }

  private void value(MappingNode.Entry entry, String word) {
    List<Comment> about = remarks.take(entry.key());
    String line = statement(entry, word);
    if (line != null) {
      page.line(line, about);
      return;
    }
    page.comments(about);
    if (entry.value() instanceof MappingNode map) {
      mapping(map, word);
    } else if (entry.value() instanceof SequenceNode list) {
      list(list, word);
    }
  }

  /** Returns a key and its value in one piece; null for collections that take several lines. */
  private @Nullable String statement(MappingNode.Entry entry, String word) {
    SyntaxNode value = entry.value();
    boolean names = NAMES.contains(entry.key().text());
    if (value instanceof ScalarNode scalar) {
      boolean bare = names && GroovyText.isName(scalar.text()) && !scalar.isNull();
      return word + " " + (bare ? scalar.text() : GroovyText.of(scalar, page.margin()));
    }
    String inside =
        value instanceof MappingNode map && !map.entries().isEmpty()
            ? names ? named(map) : GroovyText.fields(map)
            : GroovyText.inline(value);
    String line = word + "(" + inside + ")";
    return fits(line, value) ? line : null;
  }

  /** Returns named arguments whose values may be names of the runbook. */
  private static String named(MappingNode map) {
    List<String> fields = new ArrayList<>();
    for (MappingNode.Entry entry : map.entries()) {
      boolean bare = entry.value() instanceof ScalarNode scalar && GroovyText.isName(scalar.text());
      String value = bare ? ((ScalarNode) entry.value()).text() : GroovyText.inline(entry.value());
      fields.add(GroovyText.label(entry.key().text()) + ": " + value);
    }
    return String.join(", ", fields);
  }

  private boolean fits(String line, SyntaxNode value) {
    return page.column() + line.length() <= GroovyText.LINE
        && !line.contains("\\n")
        && !remarks.isAbout(value);
  }

  /** Keys that can be methods stand in braces, others are labels of named arguments. */
  private void mapping(MappingNode map, String word) {
    boolean methods =
        map.entries().stream().allMatch(entry -> GroovyText.isName(entry.key().text()));
    if (methods) {
      page.line(word + " {");
      page.indent();
      map.entries().forEach(inner -> value(inner, inner.key().text()));
      page.outdent();
      page.line("}");
      return;
    }
    page.line(word + "(");
    page.indent();
    int left = map.entries().size();
    for (MappingNode.Entry entry : map.entries()) {
      page.comments(remarks.take(entry.key()));
      page.comments(remarks.takeAll(entry.value()));
      String value =
          entry.value() instanceof ScalarNode scalar
              ? GroovyText.of(scalar, page.margin())
              : GroovyText.inline(entry.value());
      page.line(GroovyText.label(entry.key().text()) + ": " + value + (--left > 0 ? "," : ""));
    }
    page.outdent();
    page.line(")");
  }

  private void list(SequenceNode list, String word) {
    page.line(word + "([");
    page.indent();
    for (SyntaxNode item : list.items()) {
      page.comments(remarks.takeAll(item));
      page.line(GroovyText.inline(item) + ",");
    }
    page.outdent();
    page.line("])");
  }
}
